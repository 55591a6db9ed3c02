/// The cpu and memory pairs Fargate accepts (Amazon ECS Developer Guide, "Task CPU and memory", Linux).
enum FargateSize {
    /// Memory in MiB for each number of CPU units.
    static let memoryByCPU: [(cpu: Int, memory: [Int])] = [
        (256, [512, 1024, 2048]),
        (512, Array(stride(from: 1024, through: 4096, by: 1024))),
        (1024, Array(stride(from: 2048, through: 8192, by: 1024))),
        (2048, Array(stride(from: 4096, through: 16384, by: 1024))),
        (4096, Array(stride(from: 8192, through: 30720, by: 1024))),
        (8192, Array(stride(from: 16384, through: 61440, by: 4096))),
        (16384, Array(stride(from: 32768, through: 122_880, by: 8192))),
    ]

    static func memory(forCPU cpu: Int) -> [Int]? {
        memoryByCPU.first { $0.cpu == cpu }?.memory
    }

    /// The smallest accepted memory that is at least the one asked for, else the largest.
    static func nearestMemory(to asked: Int, among accepted: [Int]) -> Int? {
        accepted.first { $0 >= asked } ?? accepted.last
    }
}
