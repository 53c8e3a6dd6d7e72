/** The gallery: every view in several states, on synthetic data. Opened through the dev server at /e2e/gallery.html. */

import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { KINDS, SPECIAL_KINDS } from '../../core/tokens.ts'
import { formatBytes } from '../../viz/format.ts'
import { KIND_LABELS } from '../../viz/kinds.ts'
import { headMap, meanEntropy, rowOf } from '../../viz/matrix.ts'
import { Figure } from '../charts/Figure.tsx'
import { CosineMatrix, EntropyGrid } from '../charts/HeatGrid.tsx'
import { LineCurve } from '../charts/LineCurve.tsx'
import { NormChart } from '../charts/NormChart.tsx'
import { ShareChart } from '../charts/ShareChart.tsx'
import { Atlas } from '../maps/Atlas.tsx'
import { AttentionMap } from '../maps/AttentionMap.tsx'
import { TokenReads } from '../maps/TokenReads.tsx'
import { type HeadChoice, headId, headName } from '../maps/types.ts'
import { FilmStrip } from '../photo/FilmStrip.tsx'
import { ImageInput } from '../photo/ImageInput.tsx'
import { PhotoStage } from '../photo/PhotoStage.tsx'
import type { PatchStatus } from '../photo/paint.ts'
import { Button } from '../primitives/Button.tsx'
import { Segmented } from '../primitives/Segmented.tsx'
import { Select } from '../primitives/Select.tsx'
import { Slider } from '../primitives/Slider.tsx'
import { Switch } from '../primitives/Switch.tsx'
import { BinaryReadout } from '../readouts/BinaryReadout.tsx'
import { MaskPredictions } from '../readouts/MaskPredictions.tsx'
import { ProbabilityBars } from '../readouts/ProbabilityBars.tsx'
import { RunFooter } from '../readouts/RunFooter.tsx'
import { Banner, ErrorBanner } from '../shell/Banner.tsx'
import { EmptyState, Loading, Skeleton } from '../shell/Loading.tsx'
import { Panel } from '../shell/Panel.tsx'
import { Shell } from '../shell/Shell.tsx'
import { type ThemeChoice, ThemeSwitch } from '../shell/ThemeSwitch.tsx'
import { TokenStrip } from '../tokens/TokenStrip.tsx'
import type { StripToken } from '../tokens/types.ts'
import { kindTokens, lookTokens, sampleMaps, samplePatches, samplePicture, sampleTokens } from './data.ts'

const OFFERS = SPECIAL_KINDS.map((kind) => ({ kind }))

function LiveStrip({ initial, label }: { initial: StripToken[]; label: string }) {
  const [tokens, setTokens] = useState(initial)
  const [selected, setSelected] = useState<string[]>([])
  const change = (keys: string[], patch: Partial<StripToken>) =>
    setTokens((all) => all.map((token) => (keys.includes(token.key) ? { ...token, ...patch } : token)))
  return (
    <TokenStrip
      label={label}
      tokens={tokens}
      selected={selected}
      offers={OFFERS}
      onSelect={setSelected}
      onInsert={(kind, index) =>
        setTokens((all) =>
          all.toSpliced(index, 0, {
            key: `new${all.length}-${index}`,
            kind,
            label: KIND_LABELS[kind],
            position: index,
            status: 'read',
            untrained: kind === 'register',
          }),
        )
      }
      onMove={(keys, index) =>
        setTokens((all) => {
          const moved = all.filter((token) => keys.includes(token.key))
          const before = all.slice(0, index).filter((token) => !keys.includes(token.key))
          const after = all.slice(index).filter((token) => !keys.includes(token.key))
          return [...before, ...moved, ...after]
        })
      }
      onRemove={(keys) => change(keys, { status: 'removed' })}
      onRestore={(keys) => change(keys, { status: 'read' })}
      onStatus={(keys, status) => change(keys, { status })}
      onHide={(keys, hidden) => change(keys, { hidden })}
      onReplaceMask={(keys) => change(keys, { kind: 'mask', label: '[MASK]', original: 'word' })}
      onRestoreOriginal={(keys) => change(keys, { kind: 'word', label: 'word', original: undefined })}
      onSegment={(keys, segment) => change(keys, { segment: segment ?? 0 })}
      onPosition={(key, position) => change([key], { position: position ?? 0 })}
    />
  )
}

function Maps({ length, layers, heads }: { length: number; layers: number; heads: number }) {
  const tokens = useMemo(() => sampleTokens(length), [length])
  const maps = useMemo(() => sampleMaps(layers, heads, tokens), [layers, heads, tokens])
  const [choice, setChoice] = useState<HeadChoice>({ layer: 1, head: 2 })
  const [ablated, setAblated] = useState<ReadonlySet<string>>(new Set(['2.1']))
  const [query, setQuery] = useState<number | null>(2)
  const [key, setKey] = useState<number | null>(null)
  const [painting, setPainting] = useState(false)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const matrix = useMemo(
    () => headMap(maps[choice.layer] ?? new Float32Array(), length, choice.head),
    [maps, choice, length],
  )
  const notes = useMemo(() => {
    const choices = maps.flatMap((map, layer) =>
      ['mean' as const, ...Array(heads).keys()].map((head) => ({ map, layer, head })),
    )
    return new Map(
      choices.map(({ map, layer, head }) => [
        `${layer}.${head}`,
        `entropy ${meanEntropy(headMap(map, length, head), length).toFixed(1)} bits`,
      ]),
    )
  }, [maps, heads, length])
  const mapTokens = tokens.map((token, i) => ({ ...token, masked: i === 4, hidden: i === 12 }))
  return (
    <div className="columns-stage">
      <Panel help={null} title="Every head" lead="Layers run down, heads across. Pick one to see it large.">
        <Atlas
          maps={maps}
          heads={heads}
          tokens={length}
          selected={choice}
          onSelect={setChoice}
          ablated={ablated}
          onToggleHead={(layer, head) =>
            setAblated((old) => {
              const next = new Set(old)
              if (!next.delete(headId(layer, head))) next.add(headId(layer, head))
              return next
            })
          }
          note={({ layer, head }) => notes.get(`${layer}.${head}`) ?? ''}
        />
      </Panel>
      <Panel help={null} title={<span className="first-letter">{headName(choice)}</span>}>
        <AttentionMap
          name={headName(choice)}
          matrix={matrix}
          tokens={mapTokens}
          query={query}
          keyIndex={key}
          onQuery={setQuery}
          onKey={setKey}
          readable={(q, k) => !closed.has(`${q}.${k}`)}
          onPaint={
            painting
              ? (q, k, open) =>
                  setClosed((old) => {
                    const next = new Set(old)
                    if (open) next.delete(`${q}.${k}`)
                    else next.add(`${q}.${k}`)
                    return next
                  })
              : undefined
          }
          actions={
            <Button small aria-pressed={painting} onClick={() => setPainting(!painting)}>
              Paint
            </Button>
          }
        />
      </Panel>
      {length < 40 && (
        <Panel help={null} wide title="One token">
          <TokenReads
            matrix={matrix}
            tokens={mapTokens}
            chosen={[query ?? 0]}
            fit={{ fit: false, onFit: () => {} }}
            onToken={setQuery}
          />
        </Panel>
      )}
    </div>
  )
}

function Photos() {
  const picture = useMemo(() => samplePicture(), [])
  const values = useMemo(() => samplePatches(8), [])
  const [patch, setPatch] = useState<number | null>(null)
  const [opacity, setOpacity] = useState(0.6)
  const [smooth, setSmooth] = useState(false)
  const [look, setLook] = useState<'colour' | 'spotlight'>('colour')
  const [mass, setMass] = useState(false)
  const statuses: PatchStatus[] = Array.from({ length: 64 }, (_, i) =>
    i === 9 || i === 10 ? 'removed' : i === 53 ? 'masked' : 'read',
  )
  const thumbnails = ['balloon over hills', 'the same balloon', 'once more'].map((alt, i) => ({
    id: String(i),
    src: picture.toDataURL('image/jpeg'),
    alt,
  }))
  return (
    <div className="columns">
      <Panel help={null} title="What [CLS] reads">
        <PhotoStage
          image={picture}
          alt="A balloon over hills"
          rows={8}
          columns={8}
          values={values}
          selectedPatch={patch}
          onSelectPatch={setPatch}
          statuses={statuses}
          overlay={{ opacity, smooth, look, mass: mass ? 0.6 : null }}
        />
      </Panel>
      <Panel help={null} title="Picture and overlay">
        <ImageInput samples={thumbnails} selected="0" onSample={() => {}} onFile={() => {}} />
        <Slider
          label="Overlay"
          min={0}
          max={1}
          step={0.05}
          value={opacity}
          onChange={setOpacity}
          format={(v) => `${Math.round(v * 100)} %`}
        />
        <div className="row">
          <Segmented
            label="Overlay look"
            value={look}
            onChange={setLook}
            options={[
              { value: 'colour', label: 'Colour' },
              { value: 'spotlight', label: 'Spotlight' },
            ]}
          />
          <Switch label="Smooth" checked={smooth} onChange={setSmooth} />
          <Switch label="Patches that hold 60 %" checked={mass} onChange={setMass} />
        </div>
        <Select
          label="Model"
          value="r4"
          options={[
            { value: 'r0', label: 'ViT, no registers' },
            { value: 'r4', label: 'ViT, 4 registers' },
          ]}
          onChange={() => {}}
        />
        <p className="hint">{rowOf(values, 8, 0).length} patches a row</p>
      </Panel>
    </div>
  )
}

function Charts() {
  const tokens = useMemo(() => sampleTokens(), [])
  const [a, b] = useMemo(() => [sampleMaps(1, 1, tokens, 5)[0], sampleMaps(1, 1, tokens, 6)[0]], [tokens])
  const difference = useMemo(() => (a && b ? a.map((value, i) => value - (b[i] ?? 0)) : new Float32Array()), [a, b])
  const norms = useMemo(
    () => Float32Array.from(tokens, (token, i) => (token.kind === 'sep' ? 38 : 9 + ((i * 7) % 5))),
    [tokens],
  )
  const picture = useMemo(() => samplePicture(), [])
  const frames = useMemo(
    () =>
      [1, 2, 3, 4, 5, 6].map((layer) => ({
        name: `layer ${layer}`,
        values: samplePatches(8, layer),
        note: '3.1 bits',
      })),
    [],
  )
  const sentences = ['the movie was great', 'a wonderful film', 'it rained all day']
  return (
    <>
      <div className="columns">
        <Panel help={null} title="Now − pinned">
          <AttentionMap name="Now minus pinned" matrix={difference} tokens={tokens} scale="diverging" maxHeight={420} />
        </Panel>
        <Panel help={null} title="Where attention goes">
          <Figure
            title="Attention received"
            lead="In layer 3, 61 % of all attention lands on [SEP]."
            table={{
              columns: ['layer', 'CLS', 'SEP', 'words'],
              rows: [
                [1, 0.1, 0.2, 0.7],
                [2, 0.2, 0.5, 0.3],
              ],
            }}
            onExport={async () => {}}
          >
            <ShareChart
              name="Attention received"
              bars={[0.1, 0.34, 0.61, 0.48].map((sep, i) => ({
                label: `layer ${i + 1}`,
                shares: [
                  { kind: 'sep', share: sep },
                  { kind: 'cls', share: 0.2 - sep / 5 },
                  { kind: 'mask', share: 0.06 },
                  { kind: 'word', share: 0.74 - sep + sep / 5 },
                ],
              }))}
            />
          </Figure>
          <Figure title="Entropy of each head">
            <EntropyGrid
              rows={['layer 1', 'layer 2']}
              heads={8}
              most={4}
              entropies={[0.3, 1.2, 3.4, 2.2, 3.9, 0.9, 1.4, 2.9, 1.1, 2.1, 0.4, 3.3, 3.7, 0.2, 1.9, 2.4]}
              selected={[0, 2]}
              onSelect={() => {}}
            />
          </Figure>
        </Panel>
      </div>
      <div className="columns">
        <Panel help={null} title="Norms">
          <NormChart name="after layer 3" tokens={tokens} norms={norms} outliers={[10, 15]} />
          <CosineMatrix
            name="Cosine of [CLS] vectors"
            labels={sentences}
            values={[1, 0.82, 0.11, 0.82, 1, -0.2, 0.11, -0.2, 1]}
          />
        </Panel>
        <Panel help={null} title="Class probability against ratio">
          <LineCurve
            name="Probability of bird"
            xName="patches removed"
            yName="probability of bird"
            yDomain={[0, 1]}
            xFormat={(x) => `${Math.round(x * 100)} %`}
            yFormat={(y) => y.toFixed(1)}
            series={['random', 'block', 'most read first', 'least read first'].map((name, s) => ({
              name,
              points: [0, 0.2, 0.4, 0.6, 0.8].map((x) => ({ x, y: 0.92 - 0.9 * x ** (0.4 + s * 0.7) })),
            }))}
          />
        </Panel>
        <Panel help={null} wide title="Over the layers">
          <FilmStrip image={picture} rows={8} columns={8} frames={frames} selected={2} onSelect={() => {}} />
        </Panel>
      </div>
    </>
  )
}

function Readouts() {
  const [sure, setSure] = useState(0.83)
  return (
    <div className="columns">
      <Panel help={null} title="Read-outs">
        <MaskPredictions
          onChoose={() => setSure(1 - sure)}
          masks={[
            {
              key: 't6',
              position: 6,
              original: 'good',
              words: [
                { id: 1, word: 'good', probability: 0.412 },
                { id: 2, word: 'bad', probability: 0.197 },
                { id: 3, word: 'funny', probability: 0.081 },
                { id: 4, word: 'clever', probability: 0.044 },
                { id: 5, word: 'long', probability: 0.0004 },
              ],
            },
          ]}
        />
        <BinaryReadout title="Does B follow A?" no="no" yes="yes" probability={sure} />
        <BinaryReadout title="Sentiment" no="negative" yes="positive" probability={0.12} />
      </Panel>
      <Panel help={null} title="Classes">
        <ProbabilityBars
          title="By [CLS]"
          items={['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'].map(
            (label, i) => ({
              label,
              probability: [0.83, 0.02, 0.08, 0.01, 0.002, 0.004, 0.001, 0.003, 0.04, 0.01][i] ?? 0,
            }),
          )}
        />
        <EmptyState title="No picture yet">
          <p>Drop one, or choose a sample.</p>
        </EmptyState>
        <Loading what="Loading the text model" loaded={3_200_000} total={7_400_000} onCancel={() => {}} />
        <Skeleton height={80} label="Attention map" />
        <div className="row">
          <Button look="main">Main</Button>
          <Button>Plain</Button>
          <Button look="quiet">Quiet</Button>
          <Button disabled>Off</Button>
        </div>
        <p className="hint">{formatBytes(7_400_000)}</p>
      </Panel>
    </div>
  )
}

function Gallery() {
  const [theme, setTheme] = useState<ThemeChoice>('auto')
  const choose = (choice: ThemeChoice) => {
    setTheme(choice)
    document.documentElement.toggleAttribute('data-contrast', choice === 'contrast')
    if (choice === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = choice
  }
  return (
    <Shell
      title="Gallery of views"
      labs={[
        { id: 'text', name: 'Text', href: '#/text' },
        { id: 'vision', name: 'Vision', href: '#/vision' },
      ]}
      current="text"
      engine={{ state: 'ready' }}
      actions={<ThemeSwitch value={theme} onChange={choose} />}
      banners={
        <>
          <ErrorBanner
            error={{
              code: 'image',
              message: 'This file is not a picture',
              found: 'a PDF document',
              expected: 'PNG, JPEG, WebP or AVIF',
              advice: 'Choose another file; the lab is unchanged.',
            }}
            onDismiss={() => {}}
          />
          <Banner
            tone="note"
            title="The browser gives no GPU for now"
            actions={[{ label: 'Try the GPU now', onClick: () => {} }]}
          >
            <p>The CPU computes the same numbers meanwhile.</p>
          </Banner>
        </>
      }
      footer={
        <RunFooter
          run={{ ms: 7.42, gpuMs: 3.1, dispatches: 38, tokens: 16 }}
          backend={{ kind: 'webgpu', adapter: 'SwiftShader', software: true }}
          onWasm={() => {}}
        />
      }
    >
      <div className="columns">
        <Panel help={null} wide title="Tokens" lead="Special tokens are stamps; the text between them is paper.">
          <LiveStrip initial={sampleTokens()} label="Tokens" />
        </Panel>
        <Panel help={null} wide title="Looks of a chip">
          <LiveStrip initial={lookTokens()} label="Looks" />
        </Panel>
        <Panel help={null} wide title="Kinds">
          <LiveStrip initial={kindTokens(KINDS, (kind) => KIND_LABELS[kind])} label="Kinds" />
        </Panel>
      </div>
      <Maps length={16} layers={4} heads={8} />
      <Photos />
      <Readouts />
      <Charts />
      {location.search.includes('long') && (
        <>
          <Panel help={null} title="512 tokens">
            <LiveStrip initial={sampleTokens(512)} label="Long" />
          </Panel>
          <Maps length={512} layers={12} heads={12} />
        </>
      )}
      <RunFooter
        run={{ ms: 48, dispatches: 0, tokens: 16 }}
        backend={{ kind: 'cpu', adapter: 'CPU', software: false }}
        onWasm={() => {}}
      />
    </Shell>
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Gallery />
    </StrictMode>,
  )
