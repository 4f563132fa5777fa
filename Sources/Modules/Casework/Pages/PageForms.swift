import Domain
import Web

/// The forms of a page with several of them, of which one may have been refused: only that one shows what was typed
/// and why it was refused, and no two have fields with the same id.
struct PageForms: Sendable {
    private let state: FormState
    private let verb: RoutePath?
    private let task: TaskID?

    /// No form was sent.
    static let untouched = PageForms(state: .empty, verb: nil, task: nil)

    /// - Parameter task: for the verbs of tasks, which a page may show several of.
    static func refused(_ state: FormState, _ verb: RoutePath, task: TaskID?) -> PageForms {
        PageForms(state: state, verb: verb, task: task)
    }

    /// The form of a verb, named for its fields.
    subscript(_ verb: RoutePath, task: TaskID? = nil) -> FormState {
        let name = [verb.pattern.split(separator: "/").last.map(String.init), task?.description]
        let form = self.verb == verb && (task == nil || self.task == task) ? state : .empty
        return form.named(name.compactMap(\.self).joined(separator: "-"))
    }
}
