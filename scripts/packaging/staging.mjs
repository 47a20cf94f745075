import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { path } from '../support/paths.mjs';

/** A package's files as they will lie below /, in a folder that starts empty. */
export class Staging {
  /** `files`: the folder with the package's own sources, in which `@WORD@` stands for one of `words`. */
  constructor(name, files, words) {
    this.name = name;
    this.files = files;
    this.words = { ...words, PACKAGE: name };
    this.root = path('release/staging', name);
    rmSync(this.root, { recursive: true, force: true });
    mkdirSync(this.root, { recursive: true });
  }

  /** Where that file is now; its folder exists. */
  at(file) {
    const target = join(this.root, file);
    mkdirSync(dirname(target), { recursive: true });
    return target;
  }

  write(file, content, mode = 0o644) {
    writeFileSync(this.at(file), content, { mode });
  }

  copy(from, to) {
    cpSync(from, this.at(to), { recursive: true });
  }

  /** One of the sources, its words filled in. */
  fill(source, to, mode) {
    this.write(to, this.text(source), mode);
  }

  text(source) {
    return readFileSync(join(this.files, source), 'utf8').replaceAll(
      /@([A-Z]+)@/g,
      (_, word) => this.words[word],
    );
  }

  /** A manual page. */
  page(source) {
    this.write(`usr/share/man/man1/${source}.gz`, packed(this.text(source)));
  }
}

/** As `gzip -9n`: without name and time. */
export function packed(text) {
  return gzipSync(text, { level: 9 });
}
