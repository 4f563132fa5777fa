/// A text of a form that could not be taken, shown again so that nothing is lost.
struct KeptText: Sendable, Hashable {
    let field: String
    let text: String

    /// The texts that the person typed: only fields that the endpoint knows as text, never passwords, nothing empty.
    static func of(_ incoming: IncomingFields, _ endpoint: Endpoint) -> [KeptText] {
        guard case .form(let typed) = incoming.body else { return [] }
        return endpoint.input.flatMap { field -> [KeptText] in
            guard case .text = field.kind, !field.isSecret, !field.name.lowercased().contains("password") else {
                return []
            }
            return (typed[field.name] ?? []).filter { !$0.isEmpty }.map { KeptText(field: field.name, text: $0) }
        }
    }

    /// The texts with the labels that the form had. Fields without a label are not typed by people.
    static func section(_ kept: [KeptText], _ view: View) -> HTML {
        let areas = kept.enumerated().compactMap { index, kept -> HTML? in
            let label = Phrase.code("field", kept.field)
            guard view.site.catalogue.has(label.key, in: view.language) else { return nil }
            // The line end behind the tag is not content; a text that begins with one would lose it otherwise.
            return """
                <div class="field"><label for="kept-\(index)">\(view.t(label))</label>\
                <textarea class="input" id="kept-\(index)" rows="4" readonly>
                \(kept.text)</textarea></div>
                """
        }
        guard !areas.isEmpty else { return HTML() }
        return """
            <section class="stack" aria-labelledby="kept"><h2 id="kept">\(view.t("web.kept.title"))</h2>\
            <p class="hint">\(view.t("web.kept.hint"))</p>\(areas)</section>
            """
    }
}
