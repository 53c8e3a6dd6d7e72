/** Compute pipelines, compiled asynchronously and cached by their source. */

import { ClsroomError } from '../core/errors.ts'
import type { Gpu } from './device.ts'

export interface Program {
  label: string
  /** WGSL with an entry point `main`. */
  source: string
  /** Types of bindings 0, 1, … of group 0. */
  bindings: readonly GPUBufferBindingType[]
}

export interface CompiledProgram {
  pipeline: GPUComputePipeline
  layout: GPUBindGroupLayout
}

export interface PipelineCache {
  readonly size: number
  /** What `compile` has given before. */
  compiled(program: Program): CompiledProgram | undefined
  /** @throws ClsroomError('shader') with line, column and the source line */
  compile(program: Program): Promise<CompiledProgram>
}

export function createPipelineCache(gpu: Gpu): PipelineCache {
  const bySource = new Map<string, Promise<CompiledProgram>>()
  const done = new Map<Program, CompiledProgram>()
  return {
    get size() {
      return bySource.size
    },
    compiled: (program) => done.get(program),
    async compile(program) {
      const compiling = bySource.get(program.source) ?? compile(gpu, program)
      bySource.set(program.source, compiling)
      const compiled = await compiling
      done.set(program, compiled)
      return compiled
    },
  }
}

async function compile(gpu: Gpu, { label, source, bindings }: Program): Promise<CompiledProgram> {
  const { device } = gpu
  // A module that does not compile is a validation error of its own; the messages below say more.
  device.pushErrorScope('validation')
  const module = device.createShaderModule({ label, code: source })
  const [{ messages }] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()])
  for (const message of messages) {
    const error = shaderError(label, source, message)
    if (message.type === 'error') throw error
    if (message.type === 'warning') gpu.report(error)
  }

  const layout = device.createBindGroupLayout({
    label,
    entries: bindings.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
  })
  try {
    const pipeline = await device.createComputePipelineAsync({
      label,
      layout: device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    })
    return { pipeline, layout }
  } catch (cause) {
    if (gpu.lost) throw gpu.lost
    const found = cause instanceof Error ? cause.message : String(cause)
    throw new ClsroomError('shader', `The pipeline of ${label} could not be made`, { found, cause })
  }
}

function shaderError(label: string, source: string, { type, lineNum, linePos, message }: GPUCompilationMessage) {
  const line = source.split('\n')[lineNum - 1] ?? ''
  return new ClsroomError('shader', `Shader ${type} in ${label} at line ${lineNum}, column ${linePos}`, {
    found: `${message}\n  ${line}\n  ${' '.repeat(Math.max(0, linePos - 1))}^\n`,
  })
}
