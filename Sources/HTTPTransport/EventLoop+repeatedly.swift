import NIOCore

extension EventLoop {
    /// Calls `action` on this loop every `interval`, until the task is cancelled. To be called on this loop.
    package func repeatedly(every interval: TimeAmount, _ action: @escaping () -> Void) -> RepeatedTask {
        let bound = NIOLoopBound(action, eventLoop: self)
        return scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in bound.value() }
    }
}
