import { afterAll, afterEach, expect } from 'vitest'
import type { ClsroomError } from '../../core/errors.ts'
import { type Gpu, openGpu } from '../../gpu/device.ts'
import { type Subject, withSubject } from '../../reference/testing/subject.ts'
import { type BackendOptions, createGpuBackend } from '../backend.ts'

export interface TestBackend extends Subject {
  gpu: Gpu
}

/** A backend on a device with default limits for the tests of a file. Any uncaptured error or shader warning fails its test. */
export function withBackend(options?: BackendOptions): TestBackend {
  let errors: ClsroomError[] = []
  const test = withSubject(async () => {
    test.gpu = await openGpu({ lost: (error) => errors.push(error), error: (error) => errors.push(error) })
    return createGpuBackend(test.gpu, options)
  }) as TestBackend
  afterEach(async () => {
    await test.gpu.device.queue.onSubmittedWorkDone()
    const found = errors
    errors = []
    expect(found.map(({ message }) => message)).toEqual([])
  })
  afterAll(() => test.gpu.close())
  return test
}
