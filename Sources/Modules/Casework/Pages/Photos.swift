import Domain
import Files
import Web

/// Photos beside words: thumbnails that open the whole picture, and the field that takes new ones.
extension View {
    /// Thumbnails with what they show and when; nothing when there are none.
    func photos(_ evidence: [Evidence]) -> HTML {
        guard !evidence.isEmpty else { return HTML() }
        let figures = evidence.map { item -> HTML in
            item.kind == .photo
                ? photo(item.stage, item.at, Files.link(to: item.file, .small), Files.link(to: item.file, .full))
                : "<p class=\"photo\"><a class=\"link\" href=\"\(Files.link(to: item.file, .full))\">\(t("casework.photos.document"))</a></p>"
        }
        return "<div class=\"photos\">\(figures)</div>"
    }

    /// The same for whoever holds the tracking code.
    func photos(_ photos: [StoryPhoto]) -> HTML {
        guard !photos.isEmpty else { return HTML() }
        let figures = photos.map { photo($0.stage, $0.at, $0.small, $0.full) }
        return """
            <section class="stack-s stack" aria-labelledby="photos-h"><h2 id="photos-h">\(t("casework.photos.title"))</h2><div class="photos">\(figures)</div></section>
            """
    }

    private func photo(_ stage: EvidenceStage, _ at: Instant, _ small: URLPath, _ full: URLPath) -> HTML {
        """
        <figure class="photo"><a href="\(full)"><img src="\(small)" width="320" height="240" loading="lazy" alt="\(t(Phrase("casework.photos.alt", ["stage": t(stage)])))"></a><figcaption>\(t(stage)) · \(shortMoment(at))</figcaption></figure>
        """
    }

    /// A field for photos: works without script, offers the camera on phones.
    func photoField(_ form: FormState, _ name: StaticString, _ label: Phrase, hint: Phrase) -> HTML {
        let field = name.description
        let id = form.id(field)
        let isWrong = form.violation(field) != nil
        let describes: HTML = isWrong ? " aria-invalid=\"true\" aria-describedby=\"\(id)-wrong\"" : HTML()
        return """
            <div class="field\(" field-wrong", if: isWrong)"><label for="\(id)">\(t(label)) <span class="hint">\(t(hint))</span></label>\(wrong(form, field))\
            <input class="input" id="\(id)" name="\(field)" type="file" accept="image/*" multiple\(describes)></div>
            """
    }
}
