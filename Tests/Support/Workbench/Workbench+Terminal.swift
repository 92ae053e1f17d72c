extension Workbench {
    /// Runs the binary on a terminal of its own. What stands there is the output, errors and the
    /// echo of `answer` included, which is typed once a question ends in `[y/N] `.
    package func coldmintOnTerminal(
        _ arguments: String..., answering answer: String
    ) async throws -> Answer {
        let script = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[2], sys.argv[2:])
            shown, answer = b"", sys.argv[1].encode() + b"\\n"
            try:
                while data := os.read(terminal, 1000):
                    shown += data
                    if answer and shown.endswith(b"[y/N] "):
                        os.write(terminal, answer)
                        answer = None
            except OSError: pass
            sys.stdout.buffer.write(shown)
            sys.stdout.flush()
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """
        return try await run(
            "/usr/bin/python3", ["-c", script, answer, Self.binary] + arguments)
    }
}
