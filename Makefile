# make          this menu
# make demo     a book to try: demo.sonhom, statements of one group in out/, and the window
# make test     everything that must be right before a change is kept

PYTHON  ?= python3
VENV    := .venv
PY      := $(VENV)/bin/python
RUN     := $(PY) -m desktop
GROUP   ?= N-001
WHO     ?= Nguyễn Thị Thu Hà
# One more than a small machine has cores: the journeys wait for the screen more than for a processor.
WORKERS ?= 3

# What Qt needs on a bare Debian 12 (docs/dependencies.md).
QT_LIBRARIES := libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 \
	libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libcups2
TEST_PROGRAMS := xvfb openbox xdotool poppler-utils postgresql

# Where Python is told not to keep byte code (PYTHONDONTWRITEBYTECODE), every start would compile the program anew.
COMPILE := $(PY) -m compileall -q desktop reports resources || true

# The tests keep theirs in any case: reading them all anew takes a process three times as long.
KEEPING := PYTHONDONTWRITEBYTECODE=

export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1

.PHONY: menu demo window test collected lint bench screenshots setup libraries clean
.DEFAULT_GOAL := menu

menu:
	@echo 'make demo         sổ mẫu, sao kê một nhóm trong out/, rồi mở cửa sổ (a book to try)'
	@echo 'make window       mở cửa sổ (open the window)'
	@echo 'make test         lint, types, import contracts and all tests, without a display'
	@echo 'make lint         only lint, types and import contracts'
	@echo 'make bench        how fast it is, as ratios to bare sqlite3, reportlab and Qt'
	@echo 'make screenshots  pictures of every page into docs/screenshots/'
	@echo 'make clean        xóa .venv, sổ mẫu và tệp tạm (remove what was made)'

# -- set-up ------------------------------------------------------------------------------------------
# Stamps say what is installed; pyproject.toml decides when that is out of date.

.make:
	@mkdir -p .make

$(PY): | .make
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Cần Python 3.11 trở lên (needs Python 3.11 or newer): make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo 'Thiếu venv (the venv module is missing): apt-get install python3-venv'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	@rm -f .make/installed .make/installed-dev

.make/installed: pyproject.toml | $(PY)
	@echo 'Đang cài Sổ Nhóm vào $(VENV) … (installing)'
	@$(PY) -m pip install -e . >.make/pip.log 2>&1 || { tail -n 30 .make/pip.log; exit 1; }
	@$(COMPILE)
	@touch $@

.make/installed-dev: pyproject.toml | $(PY)
	@echo 'Installing Sổ Nhóm and the tools of its makers into $(VENV) …'
	@$(PY) -m pip install -e '.[dev]' >.make/pip.log 2>&1 || { tail -n 30 .make/pip.log; exit 1; }
	@$(COMPILE)
	@touch .make/installed $@

setup: .make/installed

libraries: | .make
	@sh .ci/debian $(QT_LIBRARIES)

# -- using it ----------------------------------------------------------------------------------------

demo: .make/installed libraries demo.sonhom
	@$(RUN) statement demo.sonhom --group $(GROUP) --out out --who '$(WHO)'
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo 'Đang mở cửa sổ … (opening the window)'; $(RUN) demo.sonhom; \
	else \
		echo 'Máy này không có màn hình, hãy gõ "make window" ở máy có màn hình. (no display here)'; \
	fi

demo.sonhom: | .make/installed
	@$(RUN) demo $@ --seed 1

window: .make/installed libraries
	@$(RUN)

# -- keeping it right ----------------------------------------------------------------------------------

lint: .make/installed-dev
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	$(PY) -m resources.catalogue check

# Beside lint, in its shade: read all tests once and keep their byte code, which each of the workers would make for itself.
collected: .make/installed-dev
	@$(KEEPING) QT_QPA_PLATFORM=offscreen $(PY) -m pytest --collect-only -qq $(TESTS) >/dev/null 2>&1 || true

test: .make/installed-dev | .make
	@sh .ci/debian $(QT_LIBRARIES) $(TEST_PROGRAMS)
	@$(MAKE) --no-print-directory -j2 lint collected
	@# A file of tests stays in one process: its book and its window are made once.
	$(KEEPING) QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS)

bench: .make/installed-dev
	@$(PY) -m benchmarks

screenshots: .make/installed-dev libraries
	QT_QPA_PLATFORM=offscreen $(PY) -m tests.screenshots

clean:
	rm -rf $(VENV) .make out demo.sonhom demo.sonhom-* build dist *.egg-info \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
