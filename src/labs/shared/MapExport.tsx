import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import type { MapToken } from '../../views/maps/types.ts'
import type { ScaleName } from '../../viz/colour.ts'
import type { Provenance } from './save_figure.ts'

export interface MapExportProps {
  /** Also names the files. */
  title: string
  /** [T, T] */
  matrix: Float32Array
  tokens: readonly MapToken[]
  scale?: Extract<ScaleName, 'ink' | 'diverging'>
  bound: number
  made: Provenance
}

/** Saves one square map. What draws its files is fetched when one is asked for. */
export function MapExport(props: MapExportProps) {
  const theme = useTheme()
  return (
    <ExportMenu
      onExport={async (format) => {
        const { saveMap } = await import('./save_map.ts')
        return saveMap(format, props, theme)
      }}
    />
  )
}
