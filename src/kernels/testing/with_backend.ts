import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { ClsroomError } from '../../core/errors.ts'
import type { Ops, Session, Tensor } from '../../core/ops.ts'
import { type Gpu, openGpu } from '../../gpu/device.ts'
import { createGpuBackend, type GpuBackend } from '../backend.ts'
import type { Tuning } from '../tuning.ts'

export interface TestBackend {
  gpu: Gpu
  backend: GpuBackend
  session: Session
  /** Runs in the shared session; the arrays of the tensors returned. */
  run(forward: (ops: Ops) => Tensor[]): Promise<Float32Array[]>
}

/** A backend on a device with default limits for the tests of a file. Any uncaptured error or shader warning fails its test. */
export function withBackend(tuning?: Tuning): TestBackend {
  const test = {} as TestBackend
  let errors: ClsroomError[] = []

  beforeAll(async () => {
    test.gpu = await openGpu({ lost: (error) => errors.push(error), error: (error) => errors.push(error) })
    test.backend = createGpuBackend(test.gpu, tuning)
    test.session = test.backend.session()
    test.run = async (forward) => (await test.session.run(forward)).arrays.map(({ data }) => data)
  })
  afterEach(async () => {
    await test.gpu.device.queue.onSubmittedWorkDone()
    const found = errors
    errors = []
    expect(found.map(({ message }) => message)).toEqual([])
  })
  afterAll(() => test.gpu.close())
  return test
}
