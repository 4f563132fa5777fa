import Domain
import HTTPTypes
import Web

/// The area tree by JSON: public, as maps and notices are.
struct AreasAPI {
    let areas: AreaDirectory

    static let list: RoutePath = "/api/v1/areas"

    var endpoints: [Endpoint] {
        [
            .json(
                .get, Self.list, access: .open("the division of a street into communities and grids is public"),
                summary: "The areas in force, parents before children.", errors: ["input.mark"]
            ) { (input: AreasInput, visitor: Visitor) in
                let tree = areas.tree
                let all = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }
                let valid = all.filter { $0.isValid(at: visitor.now) }
                var rest = valid[...]
                if let after = input.after {
                    guard let last = valid.firstIndex(where: { $0.id == after }) else {
                        throw RuleViolation(.invalid, "input.mark", field: "after")
                    }
                    rest = valid[(last + 1)...]
                }
                return ListJSON(
                    rest.prefix(input.limit + 1).map(AreaJSON.init), limit: input.limit, mark: \.id.description)
            }
        ]
    }

    private struct AreasInput: EndpointInput {
        let after: AreaID?
        let limit: Int

        init(_ fields: inout Fields) {
            after = fields.optionalID("after")
            limit = fields.optionalInteger("limit", in: 1...1000) ?? 1000
        }
    }
}

private struct AreaJSON: Codable, Sendable {
    let id: AreaID
    let parent: AreaID?
    let level: AreaLevel
    let code: String
    let nameZh: String
    let nameEn: String

    init(_ area: Area) {
        id = area.id
        parent = area.parent
        level = area.level
        code = area.code.digits
        nameZh = area.name.chinese
        nameEn = area.name.english
    }
}
