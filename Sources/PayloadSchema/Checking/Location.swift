import StrictJSON

/// Where in a payload an evaluation is. It becomes a path only where there is a problem.
indirect enum Location {
    case root
    case member(JSONMember, of: Location)
    case element(Int, of: Location)

    var path: [PayloadProblem.Step] {
        switch self {
        case .root: []
        case .member(let member, let parent): parent.path + [.member(member.name)]
        case .element(let index, let parent): parent.path + [.element(index)]
        }
    }
}
