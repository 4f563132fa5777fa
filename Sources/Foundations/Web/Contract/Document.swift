import Crypto
import Foundation
import Synchronization

/// A text that is the same for everybody and changes only with the program: made when somebody first asks, kept, and
/// asked for again by its tag.
public final class Document: Sendable {
    struct Content: Sendable {
        let bytes: [UInt8]
        let entityTag: String
    }

    let type: String
    private let make: @Sendable () -> [UInt8]
    private let made = Mutex<Content?>(nil)

    init(type: String, _ make: @escaping @Sendable () -> [UInt8]) {
        self.type = type
        self.make = make
    }

    var content: Content {
        made.withLock { made in
            if let made { return made }
            let bytes = make()
            let digest = SHA256.hash(data: bytes).prefix(8).map {
                $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
            }
            let content = Content(bytes: bytes, entityTag: "\"\(digest.joined())\"")
            made = content
            return content
        }
    }
}
