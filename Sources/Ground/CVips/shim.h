// What Files needs of libvips. Its functions take optional arguments as a variable list, which Swift cannot call.
#pragma once

#include <stdio.h>
#include <vips/vips.h>

// What libvips would print; the same is in its error buffer.
static inline void linli_vips_hush(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer data) {}

// Starts the library for strangers' files: no loaders but those named, no cache, one thread for each picture.
static inline int linli_vips_start(void) {
    if (VIPS_INIT("linli")) return -1;
    g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO, linli_vips_hush, NULL);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
    vips_concurrency_set(1);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
    vips_operation_block_set("VipsForeignLoadPng", FALSE);
    vips_operation_block_set("VipsForeignLoadWebp", FALSE);
    vips_operation_block_set("VipsForeignLoadHeif", FALSE);
    return 0;
}

// Whether this build of libvips reads HEIC.
static inline int linli_vips_reads_heif(void) {
    return vips_type_find("VipsOperation", "heifload") != 0;
}

// The loader that libvips would take, such as "VipsForeignLoadJpegFile"; NULL when none fits.
static inline const char *linli_vips_loader(const char *path) {
    return vips_foreign_find_load(path);
}

// Reads the header; pixels are read when something asks for them. NULL on failure.
static inline VipsImage *linli_vips_header(const char *path) {
    return vips_image_new_from_file(path, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
}

// The picture upright, in sRGB, no edge longer than `edge`, without transparency. A broken or truncated file fails.
static inline VipsImage *linli_vips_picture(const char *path, int edge) {
    VipsImage *scaled = NULL;
    if (vips_thumbnail(path, &scaled, edge, "height", edge, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                       "fail_on", VIPS_FAIL_ON_ERROR, NULL))
        return NULL;
    VipsImage *opaque = NULL;
    if (vips_image_hasalpha(scaled)) {
        double white[] = {255, 255, 255};
        VipsArrayDouble *background = vips_array_double_new(white, vips_image_get_bands(scaled) > 2 ? 3 : 1);
        int failed = vips_flatten(scaled, &opaque, "background", background, NULL);
        vips_area_unref(VIPS_AREA(background));
        g_object_unref(scaled);
        if (failed) return NULL;
    } else {
        opaque = scaled;
    }
    // Into memory once: both sizes are made from it.
    VipsImage *memory = vips_image_copy_memory(opaque);
    g_object_unref(opaque);
    return memory;
}

// The picture with no edge longer than `edge`. NULL on failure.
static inline VipsImage *linli_vips_smaller(VipsImage *picture, int edge) {
    VipsImage *small = NULL;
    if (vips_thumbnail_image(picture, &small, edge, "height", edge, "size", VIPS_SIZE_DOWN, NULL)) return NULL;
    return small;
}

// Writes a JPEG without anything but pixels: no EXIF, XMP, IPTC, profiles, comments.
static inline int linli_vips_save(VipsImage *picture, const char *path, int quality) {
    return vips_jpegsave(picture, path, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, NULL);
}

static inline void linli_vips_free(VipsImage *picture) { g_object_unref(picture); }

// A text among the picture's metadata, owned by the picture; NULL when there is none.
static inline const char *linli_vips_text(VipsImage *picture, const char *name) {
    const char *text = NULL;
    if (!vips_image_get_typeof(picture, name)) return NULL;
    return vips_image_get_string(picture, name, &text) ? NULL : text;
}

static inline int linli_vips_width(VipsImage *picture) { return vips_image_get_width(picture); }
static inline int linli_vips_height(VipsImage *picture) { return vips_image_get_height(picture); }

// What went wrong since the last call, for the log; and what this thread holds is given back.
static inline void linli_vips_settle(char *into, size_t size) {
    snprintf(into, size, "%s", vips_error_buffer());
    vips_error_clear();
}
static inline void linli_vips_leave_thread(void) { vips_thread_shutdown(); }
