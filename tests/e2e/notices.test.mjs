// What is wrong with a log is counted, named and found again, and costs nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { focusIs, journeys, readGraph, readLog, setHash } from "./journey.mjs";

const LINES = readLog("gamma.ndjson").toString().trimEnd().split("\n");
const { visit, files } = journeys({ "gamma.ndjson": readLog("gamma.ndjson") });

/** Gamma with other lines put before its lines of those numbers, from 1, each with a newline. */
function withLines(extra) {
  const parts = LINES.flatMap((line, i) => [...(extra[i + 1] ?? []), line]);
  return Buffer.concat(parts.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]));
}

/** The notices as the page tells them: `{ class: { total, rows: [{ line, byte, reason, excerpt }] } }`. */
async function readNotices(page) {
  await setHash(page, "#/notices");
  await page.getByRole("heading", { name: "Notices", exact: true }).waitFor();
  return page.locator("details.notice-class").evaluateAll((all) =>
    Object.fromEntries(all.map((details) => {
      const number = (text) => Number(text.replaceAll(",", ""));
      const rows = [...details.querySelectorAll(".notice-row")].map((row) => {
        const [, line, byte, reason] = row.querySelector("span").textContent.match(/line ([\d,]+) · byte ([\d,]+) · (.*)$/s) ?? [];
        return line && { line: number(line), byte: number(byte), reason, excerpt: row.querySelector("code").textContent };
      });
      const total = details.querySelector("summary span")?.textContent.match(/of ([\d,]+) shown/)?.[1];
      const names = [...details.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
      return [details.querySelector("h2").textContent, { total: total && number(total), rows: rows.filter(Boolean), names }];
    })),
  );
}

/** All of gamma is there, as if nothing had been wrong. */
async function assertGamma(page) {
  await page.getByText(/· 19 events$/).waitFor();
  await setHash(page, "#/want/W-001");
  await focusIs(page, "W-001");
  const { nodes } = await readGraph(page);
  assert.deepEqual(nodes.map(({ id }) => id).filter((id) => /^[JW]/.test(id)).sort(), ["JR-300", "JR-456", "JR-789", "W-001", "W-002", "W-003"]);
  assert.ok(nodes.every(({ status }) => ["live", "succeeded", "successful"].includes(status)));
}

const wrong = {
  "not JSON": `{"event_id":90,"timestamp":1732283355000000000,"job_run_heart`,
  "not an object": `"größer als ein Byte je Zeichen: 漢字"`,
  "no known payload": `{"event_id":91,"timestamp":1732283355000000000}`,
  "missing field": `{"event_id":92,"timestamp":1732283355000000000,"job_run_heartbeat_v1":{}}`,
  "wrong type": `{"event_id":93,"timestamp":1732283355000000000,"job_run_heartbeat_v1":{"job_run_id":[1]}}`,
  "bad UTF-8": Buffer.from([...Buffer.from(`{"event_id":94,"job_run_heartbeat_v1":{"job_run_id":"`), 0xff, 0xfe, ...Buffer.from(`"}}`)]),
  "duplicate": LINES[2],
  "same event_id, other content": LINES[2].replace("JR-788", "JR-455"),
};

test("each broken record is told with its line, byte, class and excerpt, and nothing else is lost", async () => {
  const unknown = `{"event_id":95,"timestamp":1732283355000000000,"job_run_dance_v7":{"job_run_id":"JR-788"}}`;
  files["broken.ndjson"] = withLines({ 9: Object.values(wrong), 12: [unknown] });
  await visit("?log=broken.ndjson", async (page) => {
    const told = await readNotices(page);
    let byte = LINES.slice(0, 8).reduce((sum, line) => sum + line.length + 1, 0);
    for (const [i, [name, line]] of Object.entries(wrong).entries()) {
      assert.equal(told[name]?.total, 1, `${name} in ${Object.keys(told)}`);
      const [row] = told[name].rows;
      assert.deepEqual({ line: row.line, byte: row.byte }, { line: 9 + i, byte }, name);
      assert.ok(row.reason.length > 3, name);
      const shown = row.excerpt.replace(/…$/, "");
      assert.ok(shown.length >= 20 && shown.length <= 200, `${name}: ${shown.length}`);
      if (/duplicate|same/.test(name)) assert.match(shown, /^job_run_heartbeat_v1 JR-/);
      else if (!Buffer.isBuffer(line)) assert.ok(line.startsWith(shown), `${name}: ${shown}`);
      byte += Buffer.byteLength(line) + 1;
    }
    assert.deepEqual(told["Unknown kinds of events"]?.names, [["job_run_dance_v7", "1"]]);
    await page.getByText(/^19 events of 28 records$/).waitFor();
    await assertGamma(page);
  });
});

test("the whole list can be saved", () =>
  visit("?log=broken.ndjson#/notices", async (page) => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as NDJSON" }).click();
    const saved = await download;
    let text = "";
    for await (const chunk of await saved.createReadStream()) text += chunk;
    const rows = text.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(rows.length, Object.keys(wrong).length);
  }));

test("of many alike the first hundred are kept, and all are counted", async () => {
  const many = Array.from({ length: 1234 }, (_, i) => `{"n":${i},`);
  // They stand at the end: a log that begins like this would be none.
  files["many.ndjson"] = Buffer.concat([Buffer.from(`${Array(70).fill(LINES.join("\n")).join("\n")}\n`), Buffer.from(many.join("\n") + "\n")]);
  await visit("?log=many.ndjson", async (page) => {
    const { "not JSON": told, duplicate } = await readNotices(page);
    assert.equal(told.total, 1234);
    assert.equal(duplicate.total, 69 * 19);
    const summary = page.locator("details.notice-class", { hasText: "not JSON" }).locator("summary");
    assert.match(await summary.innerText(), /100 of 1,234 shown/);
    assert.equal(told.rows[0].line, 70 * 19 + 1);
    await assertGamma(page);
  });
});

test("a last line that is not whole is a class of its own", async () => {
  files["growing.ndjson"] = withLines({}).toString() + LINES[2].slice(0, 60);
  await visit("?log=growing.ndjson", async (page) => {
    const told = await readNotices(page);
    assert.deepEqual(Object.keys(told), ["the last line is incomplete; the log may still be being written"]);
    const [row] = told["the last line is incomplete; the log may still be being written"].rows;
    assert.deepEqual({ line: row.line, excerpt: row.excerpt }, { line: 20, excerpt: LINES[2].slice(0, 60) });
    await assertGamma(page);
  });
});

test("a last line that is whole needs no newline", async () => {
  files["whole.ndjson"] = LINES.join("\n");
  await visit("?log=whole.ndjson", async (page) => {
    assert.deepEqual(Object.keys(await readNotices(page)), []);
    await assertGamma(page);
  });
});

test("a compressed stream that breaks off keeps what came before", async () => {
  const tail = Array.from({ length: 400 }, (_, i) => LINES[2].replace(`"event_id":3`, `"event_id":${100 + i}`));
  const whole = gzipSync(Buffer.from([...LINES, ...tail].join("\n") + "\n"));
  files["cut.gz"] = whole.subarray(0, whole.length - 300);
  await visit("?log=cut.gz", async (page) => {
    const told = await readNotices(page);
    assert.equal(told["compressed stream ended early"]?.total, 1, Object.keys(told).join());
    await setHash(page, "#/want/W-001");
    await focusIs(page, "W-001");
    assert.equal((await readGraph(page)).nodes.length, 9);
  });
});

test("what is no log is refused with the shapes that are", async () => {
  files["poem.txt"] = "roses are red\n".repeat(50);
  files["half.ndjson"] = `${LINES.join("\n")}\n${"x\n".repeat(2000)}`;
  for (const name of ["poem.txt", "half.ndjson"]) {
    await visit(`?log=${name}`, async (page) => {
      await page.getByRole("heading", { name: /does not look like an event log/ }).waitFor();
      await page.getByText("want_create_v1").first().waitFor();
      assert.match(await page.locator("[data-error]").innerText(), /line \d+: /);
    }, { state: "failed" });
  }
});
