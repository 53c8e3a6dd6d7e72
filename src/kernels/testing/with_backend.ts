import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { ClsroomError } from '../../core/errors.ts'
import { type Gpu, openGpu } from '../../gpu/device.ts'
import { type Subject, withSubject } from '../../reference/testing/subject.ts'
import { type BackendOptions, createGpuBackend } from '../backend.ts'

/** A device, once it is open. */
export interface TestDevice {
  gpu: Gpu
}

export type TestBackend = Subject & TestDevice

/** A device with default limits for the tests of a file. Any uncaptured error or shader warning fails its test. */
export function withDevice(): TestDevice {
  const device = {} as TestDevice
  let errors: ClsroomError[] = []
  beforeAll(async () => {
    device.gpu = await openGpu({ lost: (error) => errors.push(error), error: (error) => errors.push(error) })
  })
  afterEach(async () => {
    await device.gpu.device.queue.onSubmittedWorkDone()
    const found = errors
    errors = []
    expect(found.map(({ message }) => message)).toEqual([])
  })
  afterAll(() => device.gpu.close())
  return device
}

/** A backend for the tests of a file. Those on one device compile once what they have in common: a software adapter takes long. */
export function withBackend(options?: BackendOptions, device = withDevice()): TestBackend {
  const subject = withSubject(async () => createGpuBackend(device.gpu, options))
  return Object.defineProperty(subject, 'gpu', { get: () => device.gpu }) as TestBackend
}
