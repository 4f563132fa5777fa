public import Domain

/// How long the stages of a matter may take, and the class that the matter is appraised in.
public struct LimitPlan: Hashable, Sendable {
    public let matterClass: MatterClass
    public let amounts: [LimitStage: LimitAmount]
}

/// One line of the book.
public struct LimitRule: Hashable, Sendable {
    /// A matter, a class of matters, a kind, a catalogue, or `*` for everything.
    public let matter: String
    public let matterClass: MatterClass
    public let stage: LimitStage
    public let amount: LimitAmount

    public init(matter: String, matterClass: MatterClass, stage: LimitStage, amount: LimitAmount) {
        self.matter = matter
        self.matterClass = matterClass
        self.stage = stage
        self.amount = amount
    }
}

/// How long things may take. What is said of a matter goes before what is said of its class, of its kind, of its
/// catalogue and of everything; within one of these what a deployment has imported goes before what is shipped.
public struct LimitBook: Sendable {
    /// What is said of everything.
    static let everything = "*"

    private let rules: [String: [LimitRule]]

    public init(_ rules: [LimitRule]) {
        self.rules = Dictionary(grouping: rules, by: \.matter)
    }

    /// The names under which something may be said of the matter, the nearest first.
    public static func names(of matter: MatterReference?, in catalogues: Catalogues) -> [String] {
        guard let matter else { return [everything] }
        var names: [String] = []
        var next: MatterReference? = matter
        while let reference = next {
            names.append(reference.description)
            next = catalogues.entry(reference)?.parent
        }
        return names + ["\(matter.standard)/\(matter.kind.rawValue)", matter.standard, everything]
    }

    /// - Parameter imported: what the deployment says of these names.
    public func plan(_ names: [String], imported: [LimitRule] = []) -> LimitPlan {
        let own = Dictionary(grouping: imported, by: \.matter)
        var amounts: [LimitStage: LimitAmount] = [:]
        var matterClass: MatterClass?
        for name in names {
            for rule in (own[name] ?? []) + (rules[name] ?? []) {
                if amounts[rule.stage] == nil { amounts[rule.stage] = rule.amount }
                if matterClass == nil { matterClass = rule.matterClass }
            }
        }
        return LimitPlan(matterClass: matterClass ?? .service, amounts: amounts)
    }

    var count: Int { rules.values.reduce(0) { $0 + $1.count } }
}
