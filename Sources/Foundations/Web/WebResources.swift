public import Foundation

/// What this layer brings along.
public enum WebResources {
    /// The folder with the texts of frames, forms and errors.
    public static let catalogue = Bundle.module.bundleURL.appending(path: "Resources/i18n")
}
