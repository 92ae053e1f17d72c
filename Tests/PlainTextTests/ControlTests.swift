import PlainText
import Testing

struct ControlTests {
    @Test func `the controls are those of C0, DEL and C1`() {
        let controls = (0...0x2ff).compactMap(Unicode.Scalar.init).filter(\.isControl)
        #expect(controls.map(\.value) == Array(0...0x1f) + Array(0x7f...0x9f))
    }

    @Test func `embeddings, overrides and isolates are bidirectional controls, marks are not`() {
        let controls = (0x2000...0x206f).compactMap(Unicode.Scalar.init)
            .filter(\.isBidirectionalControl)
        #expect(
            controls.map(\.codePoint).joined(separator: " ")
                == "U+202A U+202B U+202C U+202D U+202E U+2066 U+2067 U+2068 U+2069")
    }
}
