/* As much of Mustache as the templates of a bundle use. */
#define _GNU_SOURCE
#include "bare-work.h"
#include <string.h>

static const struct value *find(const struct context *context, const char *name, size_t length) {
    for (; context; context = context->outer)
        for (size_t place = 0; place < context->count; place++) {
            const struct value *value = &context->values[place];
            if (strlen(value->name) == length && memcmp(value->name, name, length) == 0)
                return value->text || value->items ? value : NULL;
        }
    return NULL;
}

static void put_markup(struct buffer *out, const char *text) {
    static const char special[] = "&<>\"'";
    static const char *references[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (;;) {
        size_t count = strcspn(text, special);
        put(out, text, count);
        text += count;
        if (!*text) return;
        put_all(out, references[strchr(special, *text++) - special], NULL);
    }
}

static const char *part(struct buffer *out, const char *text, const struct context *context,
                        bool is_markup);

/* What stands up to the tag that closes the section; answers what follows it. */
static const char *section(struct buffer *out, const char *body, const struct value *value,
                           const struct context *context, bool is_markup) {
    if (!value) return part(NULL, body, context, is_markup);
    if (!value->items) return part(out, body, context, is_markup);
    const char *rest = NULL;
    for (size_t place = 0; place < value->item_count; place++) {
        struct context item = value->items[place];
        item.outer = context;
        rest = part(out, body, &item, is_markup);
    }
    return rest;
}

/* Up to the end of the section that the text is in; `out` is NULL where it is left out. */
static const char *part(struct buffer *out, const char *text, const struct context *context,
                        bool is_markup) {
    for (const char *tag; (tag = strstr(text, "{{"));) {
        if (out) put(out, text, (size_t)(tag - text));
        if (tag[2] == '.') {
            /* Helm's own, which the reader of README.txt is to copy. */
            if (out) put(out, tag, 3);
            text = tag + 3;
            continue;
        }
        bool is_raw = tag[2] == '{', is_section = tag[2] == '#', is_end = tag[2] == '/';
        const char *name = tag + 2 + (is_raw || is_section || is_end);
        const char *end = strstr(name, is_raw ? "}}}" : "}}");
        demand(end, "a tag does not end");
        bool has_own_line = (is_section || is_end) && tag[-1] == '\n' && end[2] == '\n';
        text = end + (is_raw || has_own_line ? 3 : 2);
        if (is_end) return text;
        if (!is_section && !out) continue;
        const struct value *value = find(context, name, (size_t)(end - name));
        if (is_section) text = section(out, text, value, context, is_markup);
        else if (value && is_markup && !is_raw) put_markup(out, value->text);
        else if (value) put_all(out, value->text, NULL);
    }
    if (out) put_all(out, text, NULL);
    return text + strlen(text);
}

void render(struct buffer *out, const char *source, const struct context *context, bool is_markup) {
    part(out, source, context, is_markup);
}

static char *read_template(const char *folder, const char *name) {
    struct buffer path = {0}, source = {0};
    put_all(&path, folder, "/", name, NULL);
    read_file(&source, text_of(&path));
    return text_of(&source);
}

/* The parts of the page's script, one after the other. */
static char *read_script(const char *folder) {
    static const char *parts[] = {"texts", "dates", "terms", "signatures", "claims", "contact",
                                  "tokens", "cards", "list", "keys", "printing", "page"};
    struct buffer path = {0}, script = {0};
    for (size_t place = 0; place < sizeof parts / sizeof *parts; place++) {
        path.count = 0;
        put_all(&path, folder, "/script/", parts[place], ".js", NULL);
        read_file(&script, text_of(&path));
    }
    return text_of(&script);
}

/* An object of the page's texts by the codes of their languages, as markup. */
static char *read_texts(const char *folder) {
    static const char *languages[] = {"en", "de", "fr", "es", "ja"};
    struct buffer path = {0}, texts = {0}, markup = {0};
    for (size_t place = 0; place < sizeof languages / sizeof *languages; place++) {
        put_all(&texts, place ? ",\"" : "{\"", languages[place], "\":", NULL);
        path.count = 0;
        put_all(&path, folder, "/languages/", languages[place], ".json", NULL);
        read_file(&texts, text_of(&path));
    }
    put_all(&texts, "}", NULL);
    put_markup(&markup, text_of(&texts));
    return text_of(&markup);
}

/* As a Content-Security-Policy names a style or script. */
static char *policy_digest(const char *text) {
    uint8_t digest[digest_length];
    struct buffer out = {0};
    digest_of(text, strlen(text), digest);
    put_all(&out, "sha256-", NULL);
    put_base64(&out, digest, digest_length);
    return text_of(&out);
}

void read_templates(struct templates *templates, const char *folder) {
    *templates = (struct templates){
        .readme = read_template(folder, "README.txt.mustache"),
        .page = read_template(folder, "index.html.mustache"),
        .style = read_template(folder, "index.css"),
        .script = read_script(folder),
        .texts = read_texts(folder),
        .values = read_template(folder, "helm-values.yaml.mustache"),
        .secret = read_template(folder, "kubernetes-secret.yaml.mustache"),
        .environment = read_template(folder, "license.env.mustache"),
    };
    templates->style_digest = policy_digest(templates->style);
    templates->script_digest = policy_digest(templates->script);
}
