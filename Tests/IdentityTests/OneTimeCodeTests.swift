import Domain
import Testing

@testable import Identity

@Suite("Codes of a second factor")
struct OneTimeCodeTests {
    private let secret = OneTimeSecret(bytes: Array("12345678901234567890".utf8))

    @Test(
        "the codes are those of RFC 6238, appendix B",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)])
    func vectors(second: Int64, code: String) {
        #expect(secret.code(at: OneTimeSecret.step(at: Instant(milliseconds: second * 1000))) == code)
    }

    @Test("a code is taken a step early and late, once, and no other")
    func window() {
        let now = Instant(milliseconds: 1_795_000_000_000)
        let step = OneTimeSecret.step(at: now)
        for offset in -3...3 as ClosedRange<Int64> {
            let found = secret.step(of: secret.code(at: step + offset), at: now, after: 0)
            #expect(found == (abs(offset) <= 1 ? step + offset : nil), "\(offset)")
        }
        #expect(secret.step(of: secret.code(at: step), at: now, after: step) == nil, "used")
        #expect(secret.step(of: secret.code(at: step + 1), at: now, after: step) == step + 1)
        let spaced = secret.code(at: step)
        #expect(secret.step(of: spaced.prefix(3) + " " + spaced.suffix(3), at: now, after: 0) == step)
        for typed in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            #expect(secret.step(of: typed, at: now, after: 0) == nil, "\(typed)")
        }
    }

    @Test("the secret is written in base 32, and the address is one that apps read")
    func written() throws {
        #expect(secret.base32 == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
        #expect(OneTimeSecret(bytes: Array("foob".utf8)).base32 == "MZXW6YQ")
        let login = try #require(Login("zhou@min"))
        #expect(
            secret.address(issuer: "清河 Linli", login: login)
                == "otpauth://totp/%E6%B8%85%E6%B2%B3%20Linli:zhou%40min?secret=\(secret.base32)&issuer=%E6%B8%85%E6%B2%B3%20Linli&algorithm=SHA1&digits=6&period=30"
        )
        #expect("\(secret)" == "OneTimeSecret")
    }

    @Test("recovery codes differ, and are read however they are typed")
    func recovery() {
        let codes = (0..<100).map { _ in RecoveryCode(in: .live) }
        #expect(Set(codes.map(\.text)).count == 100)
        for code in codes {
            #expect(code.text.count == 19 && !code.text.contains { "l01o".contains($0) })
            #expect(RecoveryCode.hash(of: " " + code.text.uppercased().replacing("-", with: " ")) == code.hash)
        }
        #expect(RecoveryCode.hash(of: "123456") == nil)
    }
}
