// Runs all vectors through license.cpp: prints name, state and id of each line of cases.tsv.
#define LICENSE_WITHOUT_MAIN
#include "license.cpp"

static std::string readText(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

int main() {
    license::Settings settings;
    std::ifstream settingsTable("settings.tsv"), cases("cases.tsv");
    std::string name, value, keys, path;
    while (settingsTable >> name >> value) {
        if (name == "released") settings.released = std::stoll(value);
        if (name == "leeway") settings.leeway = std::stoll(value);
        if (name == "withdrawn") settings.withdrawn.insert(value);
    }
    std::int64_t now = 0;
    while (cases >> name >> keys >> now >> settings.perpetual >> path) {
        // A copy of the exact length, so that reading past its end is noticed.
        const std::string text = readText(path);
        const std::unique_ptr<char[]> bytes(new char[text.size()]);
        std::copy(text.begin(), text.end(), bytes.get());
        const license::License found = license::decide(
            {bytes.get(), text.size()}, license::Keys(readText(keys)), now, settings);
        std::cout << name << '\t' << license::name(found.state) << '\t'
                  << (found.id.empty() ? "-" : found.id) << '\n';
    }
}
