import AWSOperations
import Synchronization

/// Answers by the region in the host and the action in the header or the form, or by the URL of a GET, and remembers what it was sent.
final class AWSDouble: Sendable {
    typealias Answer = @Sendable (_ region: String, _ action: String) -> (status: Int, body: String)

    private let answer: Answer
    private let calls = Mutex<[(action: String, body: String)]>([])

    init(_ answer: @escaping Answer) {
        self.answer = answer
    }

    /// The bodies that were sent to an action, in order.
    func bodies(of action: String) -> [String] {
        calls.withLock { $0.filter { $0.action == action }.map(\.body) }
    }

    var surroundings: AWSSurroundings {
        var surroundings = AWSSurroundings.refusing
        surroundings.variables = ["AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hush"]
        surroundings.web = WebClient { request in
            let region = String(request.url.split(separator: ".")[1])
            let target = request.headers.first { $0.name == "x-amz-target" }?.value
            let form = String(decoding: request.body, as: UTF8.self)
            let action =
                target?.split(separator: ".").last.map(String.init)
                ?? (request.method == "GET"
                    ? request.url : String(form.dropFirst("Action=".count).prefix { $0 != "&" }))
            self.calls.withLock { $0.append((action, form)) }
            let (status, body) = self.answer(region, action)
            return .success(WebResponse(status: status, body: Array(body.utf8)))
        }
        return surroundings
    }
}
