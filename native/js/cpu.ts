import { check, library } from './library.ts';
import * as layout from './layout.ts';
import type { CpuFeature, CpuReport, LogicalCpu } from './types.ts';

const features: readonly CpuFeature[] = ['aes', 'ssse3', 'avx2', 'avx512', 'vaes', 'bmi2'];
const kinds = ['uniform', 'performance', 'efficiency'] as const;

/** What this machine offers to a miner, read anew on each call. */
export function cpuReport(): CpuReport {
  const report = layout.structure(layout.cpuReport);
  report.writeUInt32LE(layout.logicalCpu.size, layout.cpuReport.cpuStructSize);
  const buffer = Buffer.alloc(layout.MAX_THREADS * layout.logicalCpu.size);
  check(library().getCpuReport(report, buffer, layout.MAX_THREADS));
  const count = Math.min(report.readUInt32LE(layout.cpuReport.cpuCount), layout.MAX_THREADS);
  const cpus = Array.from({ length: count }, (_, index) => readCpu(buffer, index));
  const bits = report.readUInt32LE(layout.cpuReport.features);
  const bytes = (offset: number) => Number(report.readBigUInt64LE(offset));
  return {
    name: layout.readName(report, layout.cpuReport.name, 64),
    features: features.filter((_, index) => (bits & (1 << index)) !== 0),
    cpus,
    recommendedCpus: cpus
      .filter((cpu) => cpu.recommended)
      .sort((a, b) => a.smtIndex - b.smtIndex || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
      .map((cpu) => cpu.id),
    memory: {
      totalBytes: bytes(layout.cpuReport.memoryTotalBytes),
      availableBytes: bytes(layout.cpuReport.memoryAvailableBytes),
      huge2mFreeBytes: bytes(layout.cpuReport.huge2mFreeBytes),
      huge1gFreeBytes: bytes(layout.cpuReport.huge1gFreeBytes),
    },
  };
}

function readCpu(buffer: Buffer, index: number): LogicalCpu {
  const { logicalCpu } = layout;
  const at = index * logicalCpu.size;
  return {
    id: buffer.readUInt32LE(at + logicalCpu.id),
    core: buffer.readUInt32LE(at + logicalCpu.core),
    package: buffer.readUInt32LE(at + logicalCpu.package),
    numaNode: buffer.readUInt32LE(at + logicalCpu.numaNode),
    l3Group: buffer.readUInt32LE(at + logicalCpu.l3Group),
    smtIndex: buffer.readUInt32LE(at + logicalCpu.smtIndex),
    l2Bytes: Number(buffer.readBigUInt64LE(at + logicalCpu.l2Bytes)),
    l3Bytes: Number(buffer.readBigUInt64LE(at + logicalCpu.l3Bytes)),
    kind: kinds[buffer.readUInt8(at + logicalCpu.coreKind)] ?? 'uniform',
    allowed: buffer.readUInt8(at + logicalCpu.allowed) !== 0,
    recommended: buffer.readUInt8(at + logicalCpu.recommended) !== 0,
  };
}
