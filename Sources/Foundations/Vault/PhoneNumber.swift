/// Telephone numbers as people type them, brought into one form.
public enum PhoneNumber {
    /// The kind of keyed index that phone numbers have.
    public static let indexKind = "phone"

    /// Digits only: full-width digits become ASCII; spaces, hyphens, dots and brackets go; the country code of
    /// mainland China (`+86`, `0086`, or a bare `86` before a mobile number) goes. Other countries keep `+` and code.
    /// - Returns: `nil` when anything else stands in it or when it has not 3 to 15 digits (ITU-T E.164).
    public static func normalised(_ text: String) -> String? {
        var digits = ""
        var international = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: digits.unicodeScalars.append(scalar)
            case 0xFF10...0xFF19: digits.append(Character(UnicodeScalar(UInt8(scalar.value - 0xFF10 + 0x30))))
            case 0x2B, 0xFF0B:  // + and its full-width form, in front only
                guard digits.isEmpty, !international else { return nil }
                international = true
            case 0x20, 0xA0, 0x3000, 0x2009, 0x202F, 0x09: continue  // spaces of all widths
            case 0x2D, 0xFF0D, 0x2010...0x2015, 0x2E, 0x28, 0x29, 0xFF08, 0xFF09: continue
            default: return nil
            }
        }
        if !international, digits.hasPrefix("00"), digits.count > 10 {
            digits.removeFirst(2)
            international = true
        }
        if international, digits.hasPrefix("86") {
            digits.removeFirst(2)
            international = false
            // "+86 575 …" drops the trunk zero that callers inside the country dial.
            if !isMobile(digits), !digits.hasPrefix("0"), digits.count >= 9 { digits = "0" + digits }
        } else if digits.count == 13, digits.hasPrefix("86"), isMobile(String(digits.dropFirst(2))) {
            digits.removeFirst(2)
        }
        guard (3...15).contains(digits.count) else { return nil }
        return international ? "+" + digits : digits
    }

    /// Eleven digits that begin with 13 to 19 (mobile numbers of mainland China).
    public static func isMobile(_ normalised: String) -> Bool {
        let digits = Array(normalised.utf8)
        return digits.count == 11 && digits[0] == UInt8(ascii: "1")
            && (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(digits[1])
    }
}
