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
                summary: "All areas in force, parents before children."
            ) { (_: NoInput, visitor: Visitor) in
                let tree = areas.tree
                let all = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }
                return List(areas: all.filter { $0.isValid(at: visitor.now) }.map(List.Item.init))
            }
        ]
    }

    private struct List: Encodable {
        struct Item: Encodable {
            let id: AreaID
            let parent: AreaID?
            let level: String
            let code: String
            let nameZh: String
            let nameEn: String

            init(_ area: Area) {
                id = area.id
                parent = area.parent
                level = area.level.rawValue
                code = area.code.digits
                nameZh = area.name.chinese
                nameEn = area.name.english
            }
        }

        let areas: [Item]
    }
}
