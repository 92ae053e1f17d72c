import Foundation
import Support
import Testing

/// The program of a page in docs/verify, and how it is built and run with the packages of Debian.
struct VerifyingProgram: Sendable, CustomTestStringConvertible {
    let language: String
    /// What the program is run by, in the folder with its keys.
    let command: String
    /// The driver that holds it against the vectors.
    let driver: String
    let driving: String
    /// What has to be done before either.
    var preparation = "true"

    var testDescription: String { language }

    static let all = [
        VerifyingProgram(
            language: "node", command: "node license.mjs", driver: "drive.mjs",
            driving: "node drive.mjs", preparation: jose),
        VerifyingProgram(
            language: "python", command: "/usr/bin/python3 license.py", driver: "drive.py",
            driving: "/usr/bin/python3 drive.py"),
        VerifyingProgram(
            language: "ruby", command: "/usr/bin/ruby license.rb", driver: "drive.rb",
            driving: "/usr/bin/ruby drive.rb"),
        VerifyingProgram(
            language: "perl", command: "/usr/bin/perl license.pl", driver: "drive.pl",
            driving: "/usr/bin/perl drive.pl"),
        VerifyingProgram(
            language: "php", command: "php license.php", driver: "drive.php",
            driving: "php drive.php"),
        VerifyingProgram(
            language: "shell", command: "dash license.sh", driver: "drive.sh",
            driving: "dash drive.sh"),
        VerifyingProgram(
            language: "go", command: "./license-go", driver: "drive.go", driving: "./drive-go",
            preparation: """
                export GOCACHE=$PWD/.cache GOPATH=$PWD/.go GO111MODULE=off &&
                go build -o license-go license.go && go build -o drive-go license.go drive.go
                """),
        VerifyingProgram(
            language: "java", command: "java -cp . -XX:TieredStopAtLevel=1 License",
            driver: "Drive.java", driving: "java -cp . Drive",
            preparation: "javac License.java Drive.java"),
        VerifyingProgram(
            language: "rust", command: "target/debug/license", driver: "drive.rs",
            driving: "target/debug/drive",
            preparation: """
                mkdir -p src/bin && cp drive.rs src/bin/ && cargo build --quiet --offline --bins
                """),
        VerifyingProgram(
            language: "c", command: "./license-c", driver: "drive.c", driving: "./drive-c",
            preparation: compiled("cc -std=c11", "c", "-lsodium -ljansson")),
        VerifyingProgram(
            language: "cpp", command: "./license-cpp", driver: "drive.cpp",
            driving: "./drive-cpp", preparation: compiled("c++ -std=c++17", "cpp", "-lsodium")),
        VerifyingProgram(
            language: "swift", command: "./license-swift", driver: "Drive.swift",
            driving: "./drive-swift", preparation: swiftPackage),
    ]

    static let jose =
        "mkdir -p node_modules && ln -sfn /usr/share/nodejs/jose node_modules/jose"

    /// With what finds a read past the end of a text.
    private static func compiled(_ compiler: String, _ ending: String, _ libraries: String)
        -> String
    {
        """
        options='-Wall -Wextra -Werror -g -fsanitize=address,undefined -fno-sanitize-recover=all' &&
        \(compiler) $options -o license-\(ending) license.\(ending) \(libraries) &&
        \(compiler) $options -o drive-\(ending) drive.\(ending) \(libraries)
        """
    }

    private static let swiftPackage = swiftBuild(
        """
        build && cp "$built" license-swift &&
        mv main.swift main && sed -i 's#"main.swift"#"Drive.swift"#' Package.swift &&
        build && cp "$built" drive-swift
        """)

    /// Builds a package like the one of docs/verify/swift.md, one at a time, where a second build finds
    /// what the first has made; the page's path stands for this repository.
    ///
    /// - Parameter steps: call `build`, and find the program at `$built`.
    static func swiftBuild(_ steps: String) -> String {
        """
        repository='\(Workbench.repository)' && scratch=$repository/.build-verify &&
        name=$(basename "$repository") &&
        sed -i 's#"../coldmint"#"'"$repository"'"#; s#package: "coldmint"#package: "'"$name"'"#' \\
            Package.swift &&
        build() { swift build --quiet --scratch-path "$scratch" >&2; } &&
        built=$scratch/debug/license && mkdir -p "$scratch" && exec 9>"$scratch/lock" && flock 9 &&
        \(steps)
        """
    }

    /// Puts the page's files and the driver into the folder, and builds them.
    func prepare(in bench: Workbench) async throws {
        try DocumentedPrograms(of: "verify/\(language).md").write(to: bench)
        try await bench.shellOrThrow(
            "cp '\(Workbench.repository)/Tests/InteropTests/Vectors/\(driver)' . && \(preparation)")
    }
}
