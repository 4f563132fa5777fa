import Domain
import Module
import Synchronization
import Testing

@testable import Identity

@Suite("Passwords")
struct PasswordTests {
    @Test("the right password matches and another does not")
    func matches() async throws {
        let hasher = try PasswordHasher(.quick)
        let hash = try await hasher.hash(Password(typed: "correct horse battery"))
        #expect(hash.rawValue.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$"))
        #expect(try await hasher.verify(Password(typed: "correct horse battery"), against: hash).matches)
        #expect(try await !hasher.verify(Password(typed: "correct horse batterx"), against: hash).matches)
        #expect(try await !hasher.verify(Password(typed: ""), against: nil).matches)
        #expect(try await hasher.hash(Password(typed: "correct horse battery")) != hash)
    }

    @Test("a hash made by the reference implementation is understood")
    func reference() throws {
        // From the test vectors of the reference implementation (phc-winner-argon2, test.c): argon2id, t=2, m=2^16, p=1.
        let hash = PasswordHash(
            rawValue: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
        #expect(try hash.matches(Password(typed: "password")))
        #expect(try !hash.matches(Password(typed: "Password")))
        #expect(throws: PasswordHashingFailed.self) {
            try PasswordHash(rawValue: "$argon2id$broken").matches(Password(typed: "password"))
        }
    }

    @Test("full-width and plain spellings are one password")
    func composed() async throws {
        let hasher = try PasswordHasher(.quick)
        let hash = try await hasher.hash(Password(typed: "ｃｏｒｒｅｃｔ horse"))
        #expect(try await hasher.verify(Password(typed: "correct horse"), against: hash).matches)
    }

    @Test("a hash with older parameters is made anew when the password is right, and only then")
    func renewed() async throws {
        let old = try await PasswordHasher(.quick).hash(Password(typed: "correct horse battery"))
        let hasher = try PasswordHasher(Argon2Parameters(memory: 16, passes: 1, lanes: 1))
        let right = try await hasher.verify(Password(typed: "correct horse battery"), against: old)
        let renewed = try #require(right.renewed)
        #expect(renewed.rawValue.contains("m=16,"))
        #expect(try await hasher.verify(Password(typed: "correct horse battery"), against: renewed).renewed == nil)
        #expect(try await hasher.verify(Password(typed: "wrong"), against: old).renewed == nil)
    }

    @Test("the standard parameters are OWASP's")
    func standard() {
        #expect(Argon2Parameters.standard == Argon2Parameters(memory: 19_456, passes: 2, lanes: 1))
    }

    @Test("of a storm of checks a bounded number waits and the rest is told at once")
    func bounded() async throws {
        let pool = BoundedPool(name: "test", threads: 2, waiting: 3)
        let running = Running()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    do {
                        return try await pool.run {
                            running.begin()
                            var spent = 0
                            for number in 0..<400_000 { spent &+= number }
                            running.end()
                            return spent != 1
                        }
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: (done: 0, refused: 0)) { if $1 { $0.done += 1 } else { $0.refused += 1 } }
        }
        #expect(running.most <= 2)
        #expect(outcomes.done >= 8)
        #expect(outcomes.done + outcomes.refused == 200)
        #expect(outcomes.refused > 0)
        #expect(try await pool.run { true })
    }

    @Test("when the queue is full a sign-in is told to come back")
    func busy() async throws {
        let hasher = try PasswordHasher(Argon2Parameters(memory: 4096, passes: 2, lanes: 1), threads: 1, waiting: 0)
        let refused = await withTaskGroup(of: RuleViolation?.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        _ = try await hasher.verify(Password(typed: "x"), against: nil)
                        return nil
                    } catch {
                        return error as? RuleViolation
                    }
                }
            }
            return await group.reduce(into: [RuleViolation]()) { if let violation = $1 { $0.append(violation) } }
        }
        #expect(!refused.isEmpty)
        #expect(Set(refused) == [RuleViolation(.tooMany, "signin.busy")])
    }

    @Test(
        "weak passwords are refused with the field",
        arguments: [
            ("short", "password.short"), (String(repeating: "ab", count: 65), "password.long"),
            ("aaaaaaaaaaaa", "password.simple"), ("zhoumin-2026", "password.login"), ("ZHOUMIN-2026", "password.login"),
        ])
    func weak(text: String, code: String) throws {
        let login = try #require(Login("zhoumin"))
        let error = #expect(throws: RuleViolation.self) { _ = try Password(new: text, for: login, field: "password") }
        #expect(error?.code == code)
        #expect(error?.field == "password")
    }

    @Test("a password prints nothing of itself")
    func printing() throws {
        let password = Password(typed: "correct horse battery")
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!"\(password)\(dumped)".contains("horse"))
    }
}

/// Counts what runs at the same moment.
private final class Running: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func begin() {
        counts.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func end() { counts.withLock { $0.now -= 1 } }
}

@Suite("Logins")
struct LoginTests {
    @Test(
        "spellings of one login are one",
        arguments: [("ZhouMin", "zhoumin"), (" zhoumin ", "zhoumin"), ("ｚｈｏｕ", "zhou"), ("a.b_c@d-1", "a.b_c@d-1")])
    func normalised(typed: String, text: String) {
        #expect(Login(typed)?.text == text)
    }

    @Test(
        "what cannot be a login is refused",
        arguments: ["", "a", "周敏", "a b", ".ab", String(repeating: "a", count: 41), "a'--"])
    func refused(typed: String) {
        #expect(Login(typed) == nil)
    }
}
