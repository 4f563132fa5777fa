public import Domain
import Vault
public import Web

extension Files {
    /// A link that whoever holds it may follow for a quarter of an hour or so: for pages of people without an account,
    /// who have shown by another secret (the tracking code) that the file is theirs to see.
    public func link(to file: FileID, _ variant: FileVariant, at now: Instant) -> URLPath {
        // The end moves in steps, so that a page loaded twice lets the browser keep its pictures.
        let until = (now.milliseconds / 1000 / Self.linkStep + 1) * Self.linkStep + Self.linkSeconds
        return FilesRoutes.file.url(
            file, variant.rawValue, query: ["until": String(until), "proof": proof(file, variant, until: until)])
    }

    /// A link for somebody who has signed in; the right is asked when it is followed.
    public static func link(to file: FileID, _ variant: FileVariant) -> URLPath {
        FilesRoutes.file.url(file, variant.rawValue)
    }

    func accepts(_ proof: String, for file: FileID, _ variant: FileVariant, until: Int, at now: Instant) -> Bool {
        let expected = Array(self.proof(file, variant, until: Int64(until)).utf8)
        let given = Array(proof.utf8)
        guard expected.count == given.count, Int64(until) > now.milliseconds / 1000 else { return false }
        var difference: UInt8 = 0
        for index in expected.indices { difference |= expected[index] ^ given[index] }
        return difference == 0
    }

    private func proof(_ file: FileID, _ variant: FileVariant, until: Int64) -> String {
        let bytes = keys.index(of: "\(file)/\(variant.rawValue)/\(until)", kind: "file-link").bytes
        return bytes.prefix(20).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let linkSeconds: Int64 = 10 * 60
    private static let linkStep: Int64 = 5 * 60
}
