/// The names of a result's columns, shared by its rows.
public final class Columns: Sendable {
    public let names: [String]

    public init(_ names: [String]) {
        self.names = names
    }
}

/// One row of a result.
public struct Row: Sendable {
    public let columns: Columns
    public let values: [SQLValue]

    public init(columns: Columns, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value in the column of this name.
    /// - Throws: `StorageError` of kind `.decoding` when there is no such column, it is NULL, or of another type.
    public func get<Value: SQLConvertible>(_ name: String, as _: Value.Type = Value.self) throws(StorageError) -> Value
    {
        let value = try value(name)
        guard let result = Value(sqlValue: value) else { throw mismatch(name, value, Value.self) }
        return result
    }

    /// The value in the column of this name, `nil` for NULL.
    public func get<Value: SQLConvertible>(
        optional name: String, as _: Value.Type = Value.self
    ) throws(StorageError) -> Value? {
        let value = try value(name)
        if value.isNull { return nil }
        guard let result = Value(sqlValue: value) else { throw mismatch(name, value, Value.self) }
        return result
    }

    private func value(_ name: String) throws(StorageError) -> SQLValue {
        for (index, column) in columns.names.enumerated() where column == name { return values[index] }
        throw StorageError(.decoding, "no column \(name) among \(columns.names)")
    }

    private func mismatch(_ name: String, _ value: SQLValue, _ type: Any.Type) -> StorageError {
        let kind =
            switch value {
            case .null: "NULL"
            case .id: "id"
            case .int: "int"
            case .real: "real"
            case .text: "text"
            case .bytes: "bytes"
            case .bool: "bool"
            }
        return StorageError(.decoding, "column \(name) holds \(kind), not \(type)")
    }
}
