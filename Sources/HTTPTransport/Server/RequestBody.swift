import NIOCore
import NIOHTTP1

/// Why a request's body was not had whole.
package enum BodyFailure: Error, Equatable, Sendable {
    case tooLarge(limit: Int)
    /// All bodies together would be more than the server may hold.
    case overloaded
    case disconnected
}

/// Where a request's body goes as it is streamed on.
package protocol BodyReceiver: AnyObject {
    func bodyReceived(_ piece: ByteBuffer)
    func bodyEnded()
    func bodyFailed()
}

/// A request's body on its way: undecided until the application says how it wants it.
enum RequestBody {
    case undecided(held: ByteBuffer)
    case collecting(ByteBuffer, limit: Int, completion: (Result<ByteBuffer, BodyFailure>) -> Void)
    case streaming(any BodyReceiver)
    case discarding
    case complete(ByteBuffer?)

    var isComplete: Bool {
        if case .complete = self { return true }
        return false
    }
}

/// What arrives from the socket. The state is changed before anybody is told: the one told may answer at once.
extension HTTPExchange {
    func receiveBody(_ piece: ByteBuffer) {
        switch body {
        case .undecided(var held):
            body = .discarding  // releases the buffer, so that the append below does not copy it
            held.writeImmutableBuffer(piece)
            body = .undecided(held: held)
        case .collecting(var collected, let limit, let completion):
            body = .discarding
            guard collected.readableBytes + piece.readableBytes <= limit else {
                freeBody()
                return completion(.failure(.tooLarge(limit: limit)))
            }
            guard reserveBody(piece.readableBytes) else {
                freeBody()
                return completion(.failure(.overloaded))
            }
            if collected.readableBytes == 0 { collected = piece } else { collected.writeImmutableBuffer(piece) }
            body = .collecting(collected, limit: limit, completion: completion)
        case .streaming(let receiver): receiver.bodyReceived(piece)
        case .discarding, .complete: break
        }
    }

    func endBody() {
        let before = body
        body = .complete(nil)
        freeBody()
        switch before {
        case .undecided(let held): body = .complete(held)
        case .collecting(let collected, _, let completion): completion(.success(collected))
        case .streaming(let receiver): receiver.bodyEnded()
        case .discarding, .complete: break
        }
    }

    func failBody() {
        let before = body
        body = .discarding
        freeBody()
        switch before {
        case .collecting(_, _, let completion): completion(.failure(.disconnected))
        case .streaming(let receiver): receiver.bodyFailed()
        case .undecided, .discarding, .complete: break
        }
    }
}

extension HTTPExchange {
    /// Gathers the body, up to `limit` bytes, and hands it over whole. A body that announces more than the limit
    /// is refused before a byte of it is read.
    package func collectBody(limit: Int, _ completion: @escaping (Result<ByteBuffer, BodyFailure>) -> Void) {
        switch body {
        case .complete(let held):
            body = .complete(nil)
            completion(.success(held ?? ByteBuffer()))
        case .undecided(let held) where max(announcedLength, held.readableBytes) <= limit:
            body = .collecting(held, limit: limit, completion: completion)
            pauseBody(false)
            welcomeBody()
        default:
            body = .discarding
            pauseBody(false)
            completion(.failure(.tooLarge(limit: limit)))
        }
    }

    /// Hands the body on piece by piece as it arrives.
    package func streamBody(to receiver: any BodyReceiver) {
        switch body {
        case .complete(let held):
            body = .complete(nil)
            if let held, held.readableBytes > 0 { receiver.bodyReceived(held) }
            receiver.bodyEnded()
        case .undecided(let held):
            body = .streaming(receiver)
            pauseBody(false)
            welcomeBody()
            if held.readableBytes > 0 { receiver.bodyReceived(held) }
        case .collecting, .streaming, .discarding: receiver.bodyFailed()
        }
    }

    /// Passes over the body.
    package func discardBody() {
        guard case .undecided = body else { return }
        body = .discarding
        pauseBody(false)
    }

    /// Stops reading the body for as long as its receiver does not keep up.
    package func setBodyPaused(_ isPaused: Bool) {
        if case .streaming = body { pauseBody(isPaused) }
    }
}
