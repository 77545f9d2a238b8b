(() => {
  const filter = document.getElementById('filter');
  const bad = document.getElementById('bad');
  const table = document.getElementById('sessions');
  const body = table.tBodies[0];
  const show = () => {
    const part = filter.value.toLowerCase();
    for (const row of body.rows) {
      const passed = row.dataset.overall === 'pass';
      row.hidden = !row.cells[0].textContent.toLowerCase().includes(part) || (bad.checked && passed);
    }
  };
  filter.addEventListener('input', show);
  bad.addEventListener('change', show);
  const key = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const number = parseFloat(text);
    return column >= 4 ? (Number.isNaN(number) ? -Infinity : number) : text;
  };
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    let upwards = false;
    cell.addEventListener('click', () => {
      upwards = !upwards;
      const rows = [...body.rows].sort((a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        return (x < y ? -1 : x > y ? 1 : 0) * (upwards ? 1 : -1);
      });
      body.append(...rows);
    });
  });
})();
