/// Opens sessions as people do, by login and password.
enum SignedIn {
    /// The password of the demo street's people.
    private static let password = "qinghe-lamp-2026"

    static func token(_ login: String, port: Int) throws -> String {
        let answer = try HTTPClient(port: port).send(
            "POST", "/api/v1/sessions", body: "{\"login\":\"\(login)\",\"password\":\"\(password)\"}")
        guard answer.status == 201, let token = try answer.json()["token"] as? String else {
            throw BenchError(
                "\(login) cannot sign in: \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        return token
    }
}
