// What is asked of every text that comes in, asked of its UTF-8: decoding each character took several times as long.

extension String {
    /// The number of Unicode scalars: of bytes that do not continue one.
    var scalarCount: Int {
        var text = self
        return text.withUTF8 { bytes in
            var count = 0
            for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
            return count
        }
    }

    /// The general category Cc of Unicode, by its two fixed blocks: terminals obey the second (U+0080 to U+009F) as well.
    /// Line ends and tabs are what people type, and do not count.
    var holdsControlCharacters: Bool {
        var text = self
        return text.withUTF8 { bytes in
            var before: UInt8 = 0
            for byte in bytes {
                switch byte {
                case 0x09, 0x0A, 0x0D: break
                case 0x00...0x1F, 0x7F: return true
                case 0x80...0x9F where before == 0xC2: return true
                default: break
                }
                before = byte
            }
            return false
        }
    }
}
