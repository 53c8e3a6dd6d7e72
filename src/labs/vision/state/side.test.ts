import { describe, expect, it } from 'vitest'
import type { ModelInfo } from '../../../engine/protocol.ts'
import { inputSides, nearestSide } from './side.ts'

function info(size: [number, number], patch: number): ModelInfo {
  return {
    modelType: 'vit',
    modality: 'image',
    layers: 1,
    heads: 1,
    width: 8,
    feedForward: 32,
    maxTokens: 2000,
    labels: {},
    image: { size, patch, channels: 3, classTokens: 1, registers: 0 },
    parameters: 0,
  }
}

describe('inputSides', () => {
  it('offers three quarters, the model’s own, half as much again and double', () => {
    expect(inputSides(info([32, 32], 4))).toEqual([24, 32, 48, 64])
  })
  it('keeps to whole patches', () => {
    expect(inputSides(info([224, 224], 16))).toEqual([176, 224, 336, 448])
    expect(inputSides(info([21, 21], 7))).toEqual([14, 21, 35, 42])
  })
  it('leaves a model of oblong pictures its own', () => {
    expect(inputSides(info([12, 20], 4))).toEqual([12])
  })
})

describe('nearestSide', () => {
  it('is null for the model’s own, and the nearest of the others for what a link asks', () => {
    expect(nearestSide(info([32, 32], 4), 32)).toBeNull()
    expect(nearestSide(info([32, 32], 4), 33)).toBeNull()
    expect(nearestSide(info([32, 32], 4), 50)).toBe(48)
    expect(nearestSide(info([32, 32], 4), 4000)).toBe(64)
  })
})
