/* Streets below a report's point, for those who have scripts and an operator with tiles. Asks nobody but this host. */
import { Map, Marker, NavigationControl, addProtocol, setWorkerUrl } from "./maplibre-gl.mjs";

const place = document.getElementById("jalan");
const source = document.getElementById("jalan-sumber");
const { PMTiles, Protocol } = window.pmtiles;

// Whatever the layers of a file are called: what they hold decides how they are drawn, and their usual names the colour.
const tint = (name, dark) => {
  const colours = [
    [/water|ocean|river|air/i, dark ? "#16303c" : "#bcdcea"],
    [/land(use|cover)|park|wood|green/i, dark ? "#1e2f25" : "#dbe8d2"],
    [/build/i, dark ? "#333c3c" : "#dcd5c8"],
    [/road|street|transport|highway|jalan/i, dark ? "#7d8a89" : "#8a8f8e"],
  ];
  return colours.find(([names]) => names.test(name))?.[1] ?? (dark ? "#2a3434" : "#e4e2da");
};
const layers = (names, dark) => [
  { id: "ground", type: "background", paint: { "background-color": dark ? "#131a1a" : "#f3f2ed" } },
  ...names.map((name) => ({
    id: `${name}-fill`, type: "fill", source: "tiles", "source-layer": name,
    filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": tint(name, dark) },
  })),
  ...names.map((name) => ({
    id: `${name}-line`, type: "line", source: "tiles", "source-layer": name,
    filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": tint(name, dark), "line-width": 1.5 },
  })),
  ...names.flatMap((name) => [["line", "=="], ["point", "!="]].map(([placement, is]) => ({
    id: `${name}-name-${placement}`, type: "symbol", source: "tiles", "source-layer": name,
    filter: ["all", ["has", "name"], [is, ["geometry-type"], "LineString"]],
    layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12, "symbol-placement": placement },
    paint: {
      "text-color": dark ? "#e8ecea" : "#18201f",
      "text-halo-color": dark ? "#131a1a" : "#ffffff",
      "text-halo-width": 1.5,
    },
  }))),
];

const shown = async () => {
  const url = new URL(place.dataset.tiles, location.href).href;
  const file = new PMTiles(url);
  const protocol = new Protocol();
  protocol.add(file);
  addProtocol("pmtiles", protocol.tile);
  setWorkerUrl(place.dataset.worker);
  const told = await file.getMetadata();
  const names = (told.vector_layers ?? []).map((each) => each.id);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const at = [Number(place.dataset.longitude), Number(place.dataset.latitude)];
  place.hidden = false;
  source.textContent = new DOMParser().parseFromString(String(told.attribution ?? ""), "text/html").body.textContent;
  source.hidden = source.textContent === "";
  const map = new Map({
    container: place, center: at, zoom: 15, attributionControl: false,
    style: { version: 8, sources: { tiles: { type: "vector", url: `pmtiles://${url}` } }, layers: layers(names, dark) },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  new Marker({ color: "#d55e00" }).setLngLat(at).addTo(map);
  map.once("idle", () => { place.dataset.shown = "1"; });
};
// Where a browser cannot draw it, the picture above stays.
shown().catch(() => { place.hidden = true; place.dataset.shown = "0"; });
