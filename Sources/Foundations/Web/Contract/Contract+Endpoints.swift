extension Contract {
    /// The endpoints of a deployment with those that describe them, which are part of what they describe.
    public static func describing(
        _ endpoints: [Endpoint], problems: ProblemCatalogue, catalogue: Catalogue
    ) -> (contract: Contract, endpoints: [Endpoint]) {
        let contract = Contract(describing: endpoints, problems: problems, catalogue: catalogue)
        return (contract, endpoints + contract.endpoints)
    }

    private var endpoints: [Endpoint] {
        [
            .document(
                WebRoutes.openAPI, access: .open("whoever connects a system must know what there is"),
                summary: "The description of the JSON interface in OpenAPI 3.1.",
                Document(type: "application/json; charset=utf-8") { OpenAPI(self).document.bytes() }),
            .page(
                WebRoutes.docs, access: .open("whoever connects a system must know what there is"),
                summary: "The JSON interface, to read."
            ) { (_: NoInput, _: Visitor) in DocsPage(contract: self).page },
            .page(
                WebRoutes.problems, access: .open("whoever is refused must be able to look up why"),
                summary: "The codes of refusals, what they mean and what to do."
            ) { (_: NoInput, _: Visitor) in ProblemsPage(contract: self).page },
        ]
    }
}
