import CLibpq
import Domain
import Glibc
import Storage

/// The OIDs of the types that Linli uses (PostgreSQL, `pg_type.dat`). They are part of the protocol and never change.
enum TypeOID {
    static let bool: Oid = 16
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let text: Oid = 25
    static let float8: Oid = 701
    static let uuid: Oid = 2950

    static func scalar(_ type: SQLType) -> Oid {
        switch type {
        case .id: uuid
        case .int: int8
        case .real: float8
        case .text: text
        case .bytes: bytea
        case .bool: bool
        }
    }

    static func array(_ type: SQLType) -> Oid {
        switch type {
        case .id: 2951
        case .int: 1016
        case .real: 1022
        case .text: 1009
        case .bytes: 1001
        case .bool: 1000
        }
    }
}

/// Writes the values of a statement in PostgreSQL's binary form, all into one buffer that lives until libpq has
/// copied them.
struct ParameterEncoder {
    private(set) var types: [Oid] = []
    private var buffer: [UInt8] = []
    /// Where each value stands in the buffer; `nil` for NULL.
    private var places: [Range<Int>?] = []

    mutating func encode(_ parameters: [Statement.Parameter]) throws(StorageError) {
        types.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        buffer.removeAll(keepingCapacity: true)
        for parameter in parameters {
            let start = buffer.count
            switch parameter {
            case .value(let value):
                types.append(TypeOID.scalar(value.type))
                try append(value)
                places.append(value.isNull ? nil : start..<buffer.count)
            case .array(let elements, let type):
                types.append(TypeOID.array(type))
                try append(elements, of: type)
                places.append(start..<buffer.count)
            }
        }
        // An address even for an empty value at the end, which libpq would take for NULL without one.
        buffer.append(0)
    }

    func withParameters<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<CInt>, UnsafePointer<CInt>) -> Value
    ) -> Value {
        buffer.withUnsafeBytes { bytes in
            let start = bytes.bindMemory(to: CChar.self).baseAddress
            let values = places.map { place in place.flatMap { place in start.map { $0 + place.lowerBound } } }
            let lengths = places.map { CInt($0?.count ?? 0) }
            let formats = places.map { _ in 1 as CInt }
            return body(values, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue) throws(StorageError) {
        switch value {
        case .null: break
        case .id(let uuid):
            append(uuid.high)
            append(uuid.low)
        case .int(let number): append(number)
        case .real(let number): append(number.bitPattern)
        case .bool(let flag): buffer.append(flag ? 1 : 0)
        case .bytes(let bytes): buffer.append(contentsOf: bytes)
        case .text(let text):
            var text = text
            let start = buffer.count
            text.withUTF8 { buffer.append(contentsOf: $0) }
            let holdsNUL = buffer.withUnsafeBytes { bytes in
                bytes.baseAddress.map { memchr($0 + start, 0, bytes.count - start) != nil } ?? false
            }
            if holdsNUL { throw StorageError(.statement, "a text holds the character NUL") }
        }
    }

    /// Dimensions, whether there are NULLs, element type; then count and lower bound; then each element with its
    /// length (PostgreSQL, `array_send`).
    private mutating func append(_ elements: [SQLValue], of type: SQLType) throws(StorageError) {
        append(Int32(elements.isEmpty ? 0 : 1))
        append(Int32(elements.contains { $0.isNull } ? 1 : 0))
        append(TypeOID.scalar(type))
        if elements.isEmpty { return }
        append(Int32(elements.count))
        append(Int32(1))
        for element in elements {
            let place = buffer.count
            append(Int32(-1))
            if element.isNull { continue }
            try append(element)
            let length = UInt32(buffer.count - place - 4)
            withUnsafeBytes(of: length.bigEndian) { buffer.replaceSubrange(place..<place + 4, with: $0) }
        }
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { buffer.append(contentsOf: $0) }
    }
}

extension SQLValue {
    fileprivate var type: SQLType {
        switch self {
        case .null(let type): type
        case .id: .id
        case .int: .int
        case .real: .real
        case .text: .text
        case .bytes: .bytes
        case .bool: .bool
        }
    }
}
