import Domain
import Web

extension View {
    /// The shown name of a code.
    func t(_ code: some Code) -> String {
        t(.code(type(of: code).family, code.rawValue))
    }

    /// A matter's name with its code; catalogues are Chinese only, so that English pages show the Chinese name too.
    func matter(_ reference: MatterReference?, _ catalogues: Catalogues) -> String {
        guard let reference else { return t("casework.matter.none") }
        return catalogues.entry(reference)?.name ?? reference.code
    }

    /// How much time is left, in the voice of the desk: `剩2天`, `剩0:42`, `超1天`.
    func left(until due: Instant?) -> HTML {
        guard let due else { return "<span class=\"left faint\">\(t("casework.left.none"))</span>" }
        let minutes = Int(due.milliseconds(since: now) / 60_000)
        let size = abs(minutes)
        let amount =
            size >= 2880
            ? t(Phrase("casework.left.days", count: size / 1440)) : "\(size / 60):\(padded(size % 60, to: 2))"
        if minutes < 0 {
            return "<span class=\"left late\">\(t(Phrase("casework.left.over", ["amount": amount])))</span>"
        }
        return "<span class=\"left\">\(t(Phrase("casework.left.rest", ["amount": amount])))</span>"
    }

    /// A radio with its body; one of a group.
    func choice(
        _ name: StaticString, _ value: String, _ label: String, hint: String? = nil, checked: Bool,
        required: Bool = false
    ) -> HTML {
        """
        <label class="choice"><input type="radio" name="\(name.description)" value="\(value)"\(" checked", if: checked)\(" required", if: required)><span class="choice-body"><span>\(label)</span>\(hint.map { "<span class=\"hint\">\($0)</span>" as HTML })</span></label>
        """
    }

    /// A labelled line or block of text, with what was typed and what is wrong with it.
    func textField(
        _ form: FormState, _ name: StaticString, _ label: Phrase, hint: Phrase? = nil, fallback: String = "",
        rows: Int? = nil,
        required: Bool = false, maximum: Int, type: StaticString = "text"
    ) -> HTML {
        let field = name.description
        let id = form.id(field)
        let value = form.isRefused ? form.value(field) : fallback
        let isWrong = form.violation(field) != nil
        let describes: HTML =
            isWrong ? " aria-invalid=\"true\" aria-describedby=\"\(id)-wrong\"" : HTML()
        let hintMarkup: HTML = hint.map { " <span class=\"hint\">\(t($0))</span>" } ?? HTML()
        let control: HTML
        if let rows {
            control = """
                <textarea class="input\(" input-short", if: rows < 4)" id="\(id)" name="\(field)" rows="\(rows)" maxlength="\(maximum)"\(" required", if: required)\(describes)>
                \(value)</textarea>
                """
        } else {
            control = """
                <input class="input" id="\(id)" name="\(field)" type="\(type.description)" value="\(value)" maxlength="\(maximum)" autocomplete="off"\(" required", if: required)\(describes)>
                """
        }
        return """
            <div class="field\(" field-wrong", if: isWrong)"><label for="\(id)">\(t(label))\(hintMarkup)</label>\(wrong(form, field))\(control)</div>
            """
    }

    /// The catalogue as one list, grouped by class: works without script and with the keyboard.
    func matterField(_ form: FormState, _ chosen: MatterReference?, _ catalogues: Catalogues, required: Bool) -> HTML {
        let value = form.isRefused ? form.value("matter") : chosen?.description ?? ""
        let isWrong = form.violation("matter") != nil
        var groups = HTML()
        for directory in catalogues.directories {
            for kind in [MatterKind.matter, .component] {
                for group in directory.classes(of: kind) {
                    let options = directory.entries(of: kind, inClass: group.reference.code).map { entry -> HTML in
                        let reference = entry.reference.description
                        return
                            "<option value=\"\(reference)\"\(" selected", if: reference == value)>\(entry.name) \(entry.reference.code)</option>"
                    }
                    groups += "<optgroup label=\"\(t(kind)) · \(group.name)\">\(options)</optgroup>"
                }
            }
        }
        return """
            <div class="field\(" field-wrong", if: isWrong)"><label for="\(form.id("matter"))">\(t("casework.field.matter"))</label>\(wrong(form, "matter"))\
            <select class="input" id="\(form.id("matter"))" name="matter"\(" required", if: required)><option value="">\(t("casework.choose"))</option>\(groups)</select></div>
            """
    }
}
