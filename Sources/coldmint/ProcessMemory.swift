import CLinux
import Station

/// What the C library keeps of freed memory.
enum ProcessMemory {
    /// The system's clock, randomness and waiting, for runs of this process, which gives memory
    /// back between the steps of a large one.
    static var environment: SystemEnvironment {
        var environment = SystemEnvironment.system
        environment.giveBackMemory = { linux_give_back_memory() }
        return environment
    }
}
