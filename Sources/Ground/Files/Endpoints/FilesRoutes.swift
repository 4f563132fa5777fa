public import Web

/// Every path of files.
public enum FilesRoutes {
    public static let file: RoutePath = "/files/{file}/{variant}"

    public enum API {
        public static let files: RoutePath = "/api/v1/files"
    }
}
