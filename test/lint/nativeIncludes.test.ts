import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { includeComplaints, nativeSources } from '../../scripts/support/nativeIncludes.ts';

const root = join(import.meta.dirname, '../..');
const sources = nativeSources(root);

/** What the check says when one more line stands in one file of the engine. */
const complaintsWith = (file: string, line: string) =>
  includeComplaints({ ...sources, [file]: `${sources[file] ?? ''}\n${line}\n` });

describe('who may include whom in the engine', () => {
  it('has nothing against the sources as they are', () => {
    expect(includeComplaints(sources)).toEqual([]);
  });

  it.each([
    ['dataset/cache.cpp', '../jit/dataset_jit.hpp', 'dataset must not know jit'],
    ['cpu/name.cpp', '../memory/region.hpp', 'cpu must not know memory'],
    ['memory/region.hpp', '../miner/plan.hpp', 'memory must not know miner'],
    ['hash/hasher.cpp', '../miner/plan.hpp', 'hash must not know miner'],
    [
      'jit/x86_64/program/machine.hpp',
      '../dataset/scalar_item.hpp',
      'jit/x86_64/program must not know jit/x86_64/dataset',
    ],
    [
      'jit/x86_64/dataset/vector_chunk.hpp',
      '../../aarch64/assembler.hpp',
      'jit/x86_64/dataset must not know jit/aarch64',
    ],
  ])('%s must not include %s', (file, included, complaint) => {
    expect(sources).toHaveProperty([file]);
    expect(complaintsWith(file, `#include "${included}"`)).toEqual([`${file}: ${complaint}.`]);
  });

  it('keeps the public header to the folders that stand behind it', () => {
    expect(complaintsWith('hash/hasher.hpp', '#include <randomx_native.h>')).toEqual([
      'hash/hasher.hpp: hash must not know the public header.',
    ]);
  });

  it('sees folders that the table does not name, and files that are not there', () => {
    expect(complaintsWith('pools/pool.hpp', '#pragma once')).toEqual([
      'pools/pool.hpp: pools is not in the table.',
    ]);
    expect(complaintsWith('cpu/name.cpp', '  # include "nowhere.hpp"')).toEqual([
      'cpu/name.cpp: there is no "nowhere.hpp".',
    ]);
  });

  it('takes no circle and no unused permission into the table', () => {
    const circle = { a: { mayKnow: ['b'] }, b: { mayKnow: ['a'] } };
    const both = { 'a/a.hpp': '#include "../b/b.hpp"', 'b/b.hpp': '#include "../a/a.hpp"' };
    expect(includeComplaints(both, circle)).toEqual([
      'table: b must stand above a, which knows it.',
    ]);
    expect(includeComplaints({ ...both, 'b/b.hpp': '' }, circle)).toEqual([
      'table: b must stand above a, which knows it.',
      'table: b includes nothing of a.',
    ]);
  });
});
