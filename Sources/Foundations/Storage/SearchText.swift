/// Cuts text into the tokens that full-text search is made of.
///
/// The tokenizers of both engines find words between spaces, and Chinese has none. So runs of Chinese characters (and
/// kana and hangul) become overlapping pairs, and the last character of a run stands alone: 电梯坏了 is 电梯, 梯坏, 坏了, 了.
/// Any part of a run can then be found as a phrase of pairs, and a single character as the beginning of a pair.
/// Latin words and numbers stay whole, in lower case; full-width forms become half-width.
public enum SearchText {
    /// The tokens of a document, title first, in their order.
    public static func tokens(title: String, text: String) -> [String] {
        var result: [String] = []
        for part in [title, text] {
            scan(part) { result.append(String(String.UnicodeScalarView($0))) }
        }
        return result
    }

    /// Longer words are cut: nobody types them, and PostgreSQL takes lexemes of 2 KB at most.
    private static let longestWord = 64

    enum Kind {
        case ideograph, word, gap
    }

    /// Calls `emit` with each token.
    static func scan(_ text: String, _ emit: (ArraySlice<Unicode.Scalar>) -> Void) {
        runs(of: text) { kind, run in
            switch kind {
            case .gap: break
            case .word: emit(run.prefix(longestWord))
            case .ideograph:
                for index in run.indices.dropLast() { emit(run[index...index + 1]) }
                emit(run.suffix(1))
            }
        }
    }

    /// Calls `body` with each longest run of one kind that is not a gap.
    static func runs(of text: String, _ body: (Kind, ArraySlice<Unicode.Scalar>) -> Void) {
        var run: [Unicode.Scalar] = []
        var runKind = Kind.gap
        func end() {
            if !run.isEmpty { body(runKind, run[...]) }
            run.removeAll(keepingCapacity: true)
        }
        func add(_ scalar: Unicode.Scalar, _ kind: Kind) {
            if kind != runKind {
                end()
                runKind = kind
            }
            if kind != .gap { run.append(scalar) }
        }
        for scalar in text.unicodeScalars {
            let scalar = halfWidth(scalar)
            let kind = kind(of: scalar)
            if kind == .word, !scalar.isASCII {
                for lower in scalar.properties.lowercaseMapping.unicodeScalars { add(lower, .word) }
            } else if kind == .word, (0x41...0x5A).contains(scalar.value) {
                add(Unicode.Scalar(UInt8(scalar.value) + 0x20), .word)
            } else {
                add(scalar, kind)
            }
        }
        end()
    }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
        return Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: .word
        case 0...0x7F: .gap
        case 0x3005...0x3007,  // 々〆〇
            0x3041...0x3096, 0x30A1...0x30FA, 0x30FC,  // kana
            0x3105...0x312F,  // bopomofo
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF,  // Han
            0xAC00...0xD7A3:  // hangul
            .ideograph
        default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .word : .gap
        }
    }
}
