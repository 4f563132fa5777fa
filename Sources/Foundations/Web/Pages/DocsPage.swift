import Domain
import HTTPTypes

/// `/docs`: every operation of the JSON interface, made from the same description as the OpenAPI document.
struct DocsPage: Sendable {
    let contract: Contract

    var page: Page {
        Page(.resident, "web.docs.title", current: WebRoutes.docs.url()) { view in
            let examples = Examples(
                catalogue: contract.catalogue, shapes: contract.shapes, language: view.language)
            let tags = Set(contract.operations.map(\.tag)).sorted()
            return """
                <main id="main" class="wrap page stack stack-l">
                <div class="stack-s stack"><h1>\(view.t("web.docs.title"))</h1>
                <p class="lede">\(view.t("web.docs.lede"))</p>
                <p class="row"><a href="\(WebRoutes.openAPI.url())">\(view.t("web.docs.openapi"))</a>\
                <a href="\(WebRoutes.problems.url())">\(view.t("web.docs.problems"))</a></p></div>
                \(rules(view))
                <nav aria-label="\(view.t("web.docs.parts"))"><ul class="row">\(tags.map(link))</ul></nav>
                \(tags.map { section($0, examples, view) })
                \(shapes(view))
                </main>
                """
        }
    }

    private func link(_ tag: String) -> HTML {
        "<li><a href=\"\(URLPath.here(anchor: tag))\">\(tag)</a></li>"
    }

    private func rules(_ view: View) -> HTML {
        let items = ["session", "json", "once", "pages", "refusals", "unknown", "codes"].map { rule -> HTML in
            "<li class=\"stack-s stack\"><b>\(view.t(.code("web.docs.rule-name", rule)))</b><span>\(view.t(.code("web.docs.rule", rule)))</span></li>"
        }
        return """
            <section class="stack-s stack" aria-labelledby="rules"><h2 id="rules">\(view.t("web.docs.rules"))</h2>\
            <ul class="rows">\(items)</ul></section>
            """
    }

    // MARK: Operations

    private func section(_ tag: String, _ examples: Examples, _ view: View) -> HTML {
        let operations = contract.operations.filter { $0.tag == tag }
        return """
            <section class="stack-s stack" aria-labelledby="\(tag)"><h2 id="\(tag)">\(tag)</h2>\
            \(operations.map { describe($0, examples, view) })</section>
            """
    }

    private func describe(_ operation: JSONOperation, _ examples: Examples, _ view: View) -> HTML {
        """
        <details class="panel" id="\(operation.identifier)"><summary><b>\(operation.method)</b> \
        <code>\(operation.path)</code><br><span class="soft" lang="en">\(operation.endpoint.summary)</span></summary>
        <div class="stack">
        <p class="gap">\(access(operation.endpoint.access, view))</p>
        \(inputs(operation, view))
        \(answer(operation, examples, view))
        \(refusals(operation, view))
        <h3>\(view.t("web.docs.example"))</h3>\(listing(examples.curl(operation), view))
        </div></details>
        """
    }

    private func access(_ access: AccessRule, _ view: View) -> HTML {
        switch access {
        case .open(let reason):
            "\(view.t("web.docs.access.open")) <span class=\"faint\" lang=\"en\">\(reason)</span>"
        case .signedIn: "\(view.t("web.docs.access.signed-in"))"
        case .permission(let permission):
            "\(view.t("web.docs.access.permission")) <code>\(permission.name)</code>"
        }
    }

    private func inputs(_ operation: JSONOperation, _ view: View) -> HTML {
        guard !operation.parameters.isEmpty else { return "<p class=\"soft\">\(view.t("web.docs.no-input"))</p>" }
        let rows = operation.parameters.map { parameter -> HTML in
            """
            <tr><th scope="row"><code>\(parameter.field.name)</code></th>\
            <td>\(view.t(.code("web.docs.place", parameter.place.rawValue)))</td>\
            <td>\(view.t(parameter.isRequired ? "web.docs.required" : "web.docs.optional"))</td>\
            <td><code>\(parameter.field.kind.notation)</code></td>\
            <td>\(contract.label(of: parameter.field.name, in: view.language))</td></tr>
            """
        }
        return table(
            view, "web.docs.inputs",
            [
                "web.docs.column.name", "web.docs.column.place", "web.docs.column.need", "web.docs.column.kind",
                "web.docs.column.label",
            ], rows)
    }

    private func answer(_ operation: JSONOperation, _ examples: Examples, _ view: View) -> HTML {
        guard let schema = contract.schema(of: operation) else { return HTML() }
        let example = examples.value(of: schema).text(indent: 2)
        return """
            <h3>\(view.t("web.docs.answer")) \(operation.endpoint.successStatus.code)</h3>\
            <p>\(notation(schema))</p>\(listing(example, view))
            """
    }

    private func refusals(_ operation: JSONOperation, _ view: View) -> HTML {
        let rows = operation.refusals.sorted { $0.key < $1.key }.flatMap { status, codes in
            codes.map { code -> HTML in
                """
                <tr><td>\(status)</td><th scope="row"><a href="\(WebRoutes.problems.url().at(anchor: code))">\(code)</a></th>\
                <td>\(contract.title(of: code, in: view.language))</td></tr>
                """
            }
        }
        return table(
            view, "web.docs.refusals",
            ["web.docs.column.status", "web.docs.column.code", "web.docs.column.text"], rows)
    }

    // MARK: Shapes

    private func shapes(_ view: View) -> HTML {
        let all = contract.shapes.values.sorted { $0.name < $1.name }.map { shape -> HTML in
            let rows = shape.members.map { member -> HTML in
                """
                <tr><th scope="row"><code>\(member.name)</code></th>\
                <td>\(view.t(member.isOptional ? "web.docs.may-lack" : "web.docs.always"))</td>\
                <td>\(notation(member.schema))</td></tr>
                """
            }
            return """
                <details class="panel" id="shape-\(shape.name)"><summary><b>\(shape.name)</b></summary>\
                \(table(view, nil, ["web.docs.column.name", "web.docs.column.there", "web.docs.column.kind"], rows))</details>
                """
        }
        return """
            <section class="stack-s stack" aria-labelledby="shapes"><h2 id="shapes">\(view.t("web.docs.shapes"))</h2>\(all)</section>
            """
    }

    private func notation(_ schema: Schema) -> HTML {
        switch schema {
        case .text(nil): "<code>string</code>"
        case .text(let format?): "<code>string (\(format.rawValue))</code>"
        case .choice(let codes): "<code>\(codes.joined(separator: " | "))</code>"
        case .integer: "<code>integer</code>"
        case .number: "<code>number</code>"
        case .flag: "<code>boolean</code>"
        case .list(let element): "[ \(notation(element)) ]"
        case .map(let value): "{ … : \(notation(value)) }"
        case .shape(let name): "<a href=\"\(URLPath.here(anchor: "shape-" + name))\">\(name)</a>"
        }
    }

    // MARK: Pieces

    private func table(_ view: View, _ title: Phrase?, _ columns: [Phrase], _ rows: [HTML]) -> HTML {
        let heads = columns.map { "<th scope=\"col\">\(view.t($0))</th>" as HTML }
        let heading: HTML = title.map { "<h3>\(view.t($0))</h3>" } ?? HTML()
        return """
            \(heading)<div class="scroll-x" tabindex="0" role="region" aria-label="\(view.t(title ?? "web.docs.shapes"))">\
            <table class="table"><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func listing(_ text: String, _ view: View) -> HTML {
        """
        <pre class="quote scroll-x" tabindex="0" role="region" aria-label="\(view.t("web.docs.listing"))"><code>\(text)</code></pre>
        """
    }
}

extension FieldDescription.Kind {
    /// Short and the same in every language.
    var notation: String {
        switch self {
        case .text(let minimum, let maximum): minimum > 1 ? "string \(minimum)–\(maximum)" : "string ≤ \(maximum)"
        case .integer(let range): "integer \(range.lowerBound)–\(range.upperBound)"
        case .flag: "boolean"
        case .choice(let codes): codes.joined(separator: " | ")
        case .id: "uuid"
        case .ids(let maximum): "[ uuid ] ≤ \(maximum)"
        case .instant: "date-time"
        case .files(let rule): "file ≤ \(rule.megabytes) MB"
        }
    }
}
