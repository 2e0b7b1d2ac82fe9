// Builds what the browser and the document writer need into one git-ignored folder:
//   upstander.css      USWDS (only the parts named in upstander.scss) and our own styles
//   icons.svg          one sprite of the icons listed below
//   img/               only the pictures that the stylesheet refers to
//   fonts/             TTF files for PDF documents; no page ever loads them
// Run by `npm run build`. Needs the packages of package-lock.json and Node >= 18.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const uswds = path.join(root, "node_modules/@uswds/uswds");
const noto = path.join(root, "node_modules/@expo-google-fonts/noto-sans");
const out = path.join(root, "src/upstander/web/shared/static/built");

const ICONS = [
  "arrow_back", "arrow_forward", "calendar_today", "check", "check_circle", "close", "error", "event", "flag",
  "groups", "hearing", "home", "info", "insights", "location_on", "lock", "mail", "map", "people", "person", "phone", "print",
  "schedule", "school", "support", "verified", "visibility", "warning",
];
const FONTS = ["400Regular/NotoSans_400Regular.ttf", "400Regular_Italic/NotoSans_400Regular_Italic.ttf",
  "600SemiBold/NotoSans_600SemiBold.ttf", "700Bold/NotoSans_700Bold.ttf"];

function compileStyles() {
  const result = sass.compile(path.join(root, "frontend/styles/upstander.scss"), {
    loadPaths: [path.join(root, "frontend/styles"), path.join(uswds, "packages")],
    quietDeps: true,
    style: "compressed",
  });
  return withoutSides(result.css);
}

// USWDS says left and right; the sheet says start and end, and so mirrors itself in a language read from the right.
function withoutSides(css) {
  const named = { left: "start", right: "end" };
  return css
    .replace(/([{;](?:margin|padding|border))-(left|right)/g, (_, what, side) => `${what}-inline-${named[side]}`)
    .replace(/([{;])(left|right):/g, (_, before, side) => `${before}inset-inline-${named[side]}:`)
    .replace(/([{;]text-align:)(left|right)/g, (_, what, side) => what + named[side]);
}

// Copies each picture that the stylesheet names; a missing one stops the build.
async function copyPictures(css) {
  const names = new Set([...css.matchAll(/url\("?(img\/[^")]+)"?\)/g)].map((match) => match[1]));
  for (const name of names) {
    await cp(path.join(uswds, "dist", name), path.join(out, name));
  }
  return names.size;
}

async function makeSprite() {
  const symbols = await Promise.all(ICONS.map(async (name) => {
    const svg = await readFile(path.join(uswds, "dist/img/usa-icons", `${name}.svg`), "utf8");
    const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
    return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
  }));
  const own = await readFile(path.join(root, "frontend/mark.svg"), "utf8");
  const mark = own.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
  symbols.push(`<symbol id="mark" viewBox="0 0 32 32">${mark}</symbol>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

async function copyFonts() {
  await mkdir(path.join(out, "fonts"), { recursive: true });
  for (const file of FONTS) {
    await cp(path.join(noto, file), path.join(out, "fonts", path.basename(file)));
  }
  await cp(path.join(noto, "LICENSE_FONT"), path.join(out, "fonts/LICENSE"));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const css = compileStyles();
await writeFile(path.join(out, "upstander.css"), css);
await writeFile(path.join(out, "icons.svg"), await makeSprite());
const pictures = await copyPictures(css);
await copyFonts();
console.log(`styles ${(css.length / 1024).toFixed(1)} KiB, ${ICONS.length + 1} icons, ${pictures} pictures, ${FONTS.length} fonts`);
