// A reader for our own test vectors: all of JSON but \u escapes. Throws on anything it does not
// understand.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hex.hpp"

namespace test {

class Json {
 public:
  static Json load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    Reader reader{text, 0};
    Json value = reader.value();
    reader.space();
    if (reader.at != text.size()) throw std::runtime_error("text after the JSON value");
    return value;
  }

  // Members in the order of the file; empty for anything but an object.
  const std::vector<std::pair<std::string, Json>>& members() const { return members_; }
  // Elements of an array; empty for anything else.
  const std::vector<Json>& items() const { return items_; }
  size_t size() const { return items_.size(); }
  const Json& at(size_t index) const { return items_.at(index); }
  const Json& operator[](const char* name) const {
    if (const Json* found = find(name)) return *found;
    throw std::runtime_error(std::string("no member ") + name);
  }
  // nullptr when there is no such member.
  const Json* find(const std::string& name) const {
    for (const auto& member : members_)
      if (member.first == name) return &member.second;
    return nullptr;
  }

  // Text of a string, number, true, false or null.
  const std::string& text() const { return text_; }
  // A number, or a string like "0x12" or "12".
  uint64_t number() const {
    char* end = nullptr;
    const uint64_t value =
        std::strtoull(text_.c_str(), &end, text_.compare(0, 2, "0x") == 0 ? 16 : 10);
    if (text_.empty() || *end != 0) throw std::runtime_error("not a number: " + text_);
    return value;
  }
  bool isTrue() const { return text_ == "true"; }
  Bytes bytes() const { return unhex(text_); }

 private:
  struct Reader {
    const std::string& text;
    size_t at;

    [[noreturn]] void bad(const char* what) const {
      throw std::runtime_error(std::string(what) + " at byte " + std::to_string(at));
    }
    char peek() const { return at < text.size() ? text[at] : '\0'; }
    void space() {
      while (at < text.size() &&
             (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
        ++at;
    }
    bool skip(char c) {
      space();
      if (peek() != c) return false;
      ++at;
      return true;
    }
    void need(char c) {
      if (!skip(c)) bad("unexpected character");
    }
    std::string string() {
      need('"');
      std::string result;
      while (peek() != '"') {
        if (at >= text.size()) bad("unterminated string");
        char c = text[at++];
        if (c == '\\') {
          c = peek();
          ++at;
          if (c == 'n')
            c = '\n';
          else if (c == 't')
            c = '\t';
          else if (c != '"' && c != '\\' && c != '/')
            bad("unknown escape");
        }
        result.push_back(c);
      }
      ++at;
      return result;
    }
    Json value() {
      Json json;
      space();
      if (peek() == '"') {
        json.text_ = string();
      } else if (skip('{')) {
        if (!skip('}')) {
          do {
            space();
            std::string name = string();
            need(':');
            json.members_.emplace_back(std::move(name), value());
          } while (skip(','));
          need('}');
        }
      } else if (skip('[')) {
        if (!skip(']')) {
          do json.items_.push_back(value());
          while (skip(','));
          need(']');
        }
      } else {
        const size_t end = text.find_first_of(",]} \n\r\t", at);
        json.text_ = text.substr(at, end == std::string::npos ? end : end - at);
        if (json.text_.empty()) bad("no value");
        at += json.text_.size();
      }
      return json;
    }
  };

  std::string text_;
  std::vector<Json> items_;
  std::vector<std::pair<std::string, Json>> members_;
};

// The folder of test data.
std::string vectorsFolder();
// The vectors of vectors/randomx.json and of vectors/cryptonight.json.
const Json& randomxVectors();
const Json& cryptonightVectors();

}  // namespace test
