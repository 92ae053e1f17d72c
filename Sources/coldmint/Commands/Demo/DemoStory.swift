import Console
import Station
import SystemPackage

/// The life of a license, told while it happens.
struct DemoStory {
    /// In the order in which they are told.
    private enum Scene: String, CaseIterable {
        case station = "A station, where the signing key lives"
        case request = "A request: somebody has sold a license"
        case mistake = "A request with mistakes in it"
        case run = "A run: it checks, signs, records and packs"
        case license = "The license"
        case check = "The customer's check"
        case tools = "The same in openssl's words"
        case rotation = "A new key"
        case delivery = "The license once more"
        case record = "The record"
    }

    let home: FilePath
    let station: DemoStation
    let narration = Narration()
    private let isKept: Bool

    init(in home: FilePath, isKept: Bool) {
        self.home = home
        self.isKept = isKept
        station = DemoStation(home: home)
    }

    /// Ends early where a signal comes.
    func tell(until signals: borrowing CaughtSignals) throws(StationFailure) {
        try begin()
        for (index, scene) in Scene.allCases.enumerated() {
            if signals.endingSignalCame { return }
            try narration.begin("\(index + 1). \(scene.rawValue)")
            try tell(scene, signals)
        }
        if !signals.endingSignalCame { try end() }
    }

    private func tell(
        _ scene: Scene, _ signals: borrowing CaughtSignals
    ) throws(StationFailure) {
        switch scene {
        case .station: try tellOfStation()
        case .request: try tellOfRequest()
        case .mistake: try tellOfMistake()
        case .run: try tellOfRun()
        case .license: try tellOfLicense()
        case .check: try tellOfCheck()
        case .tools: try tellOfTools(signals)
        case .rotation: try tellOfRotation()
        case .delivery: try tellOfDelivery()
        case .record: try tellOfRecord()
        }
    }

    private func begin() throws(StationFailure) {
        try narration.open("The life of a license")
        try narration.say(
            """
            From a new signing key to the customer's own check. All of it happens now, in a folder \
            of its own; no other station is touched, and no network is used. What stands behind a $ \
            is what you would type:
            """)
        try narration.type("cd \(ProgramCall.quoted(home.string))")
    }

    private func end() throws(StationFailure) {
        try narration.begin("What next")
        try narration.say(
            isKept
                ? "All of this is in \(home), to look around in. It is yours to remove."
                : "The folder is removed now; 'coldmint demo --keep DIR' keeps it to look around in."
        )
        try narration.say("To begin with a station of your own, and your own URL:")
        try narration.type("coldmint init --issuer \(DemoRequest.issuer)")
        try narration.type("cp \(DemoRequest.acme.fileName) inbox/")
        try narration.type("coldmint run")
        try narration.say(
            "'coldmint --help' lists all commands, 'coldmint COMMAND --help' says more of each.")
    }
}
