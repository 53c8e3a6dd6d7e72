import { fetchPart } from '../../core/fetch_part.ts'
import { ExportMenu } from '../../views/charts/ExportMenu.tsx'
import { useTheme } from '../../views/hooks/useTheme.ts'
import type { MapExportProps } from './save_map.ts'

/** Saves one square map. What draws its files is fetched when one is asked for. */
export function MapExport(props: MapExportProps) {
  const theme = useTheme()
  return (
    <ExportMenu
      onExport={async (format) => {
        const { saveMap } = await fetchPart(() => import('./save_map.ts'))
        return saveMap(format, props, theme)
      }}
    />
  )
}
