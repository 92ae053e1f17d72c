/* Runs all vectors through license.c: prints name, state and id of each line of cases.tsv. */
#define LICENSE_WITHOUT_MAIN
#include "license.c"

enum { MAXIMUM_WITHDRAWN = 15 };

static char *read_all(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    /* A buffer without a NUL behind a text, so that reading past its end is noticed. */
    char *text = malloc(*length == 0 ? 1 : *length);
    if (text == NULL || fread(text, 1, *length, file) != *length) exit(2);
    fclose(file);
    return text;
}

static char *read_text(const char *path)
{
    size_t length;
    char *bytes = read_all(path, &length);
    char *text = calloc(length + 1, 1);
    if (text == NULL) exit(2);
    memcpy(text, bytes, length);
    free(bytes);
    return text;
}

static FILE *open_table(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

int main(void)
{
    struct license_settings settings = license_defaults;
    char withdrawn[MAXIMUM_WITHDRAWN][100];
    const char *list[MAXIMUM_WITHDRAWN + 1] = {NULL};
    char name[200], keys_path[200], path[300], value[100];
    long long now;
    int perpetual, count = 0;

    FILE *file = open_table("settings.tsv");
    while (fscanf(file, "%199s %99s", name, value) == 2) {
        if (strcmp(name, "released") == 0) settings.released = atoll(value);
        if (strcmp(name, "leeway") == 0) settings.leeway = atoll(value);
        if (strcmp(name, "withdrawn") == 0 && count < MAXIMUM_WITHDRAWN) {
            strcpy(withdrawn[count], value);
            list[count] = withdrawn[count];
            count++;
        }
    }
    fclose(file);
    settings.withdrawn = list;

    file = open_table("cases.tsv");
    while (fscanf(file, "%199s %199s %lld %d %299s", name, keys_path, &now, &perpetual, path)
           == 5) {
        size_t length;
        char *text = read_all(path, &length);
        char *keys = read_text(keys_path);
        settings.perpetual = perpetual == 1;
        struct license license = license_decide(text, length, keys, (time_t)now, &settings);
        printf("%s\t%s\t%s\n", name, license_state_names[license.state],
               license.id == NULL ? "-" : license.id);
        license_free(&license);
        free(text);
        free(keys);
    }
    fclose(file);
    return 0;
}
