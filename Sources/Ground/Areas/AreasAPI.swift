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
            ) { (input: PageInput, visitor: Visitor) in
                let tree = areas.tree
                let all = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }
                return try ListJSON(
                    all.filter { $0.isValid(at: visitor.now) }.map(AreaJSON.init), page: input, mark: \.id.description)
            }
        ]
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
