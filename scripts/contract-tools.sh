#!/bin/sh
# Installs, by name and once, what the contract tests compare with; prints the folder that holds its
# programs. With --bench also Prowler, which is big and which only the benchmark runs beside us.
set -eu

tools="${TRAILPROOF_TOOLS:-$(dirname "$0")/../node_modules/.cache/trailproof-tools}"
mkdir -p "$tools/bin"
cd "$tools"
# Test files start at once, and all of them call this.
exec 9>lock
flock 9

# python NAME==VERSION PROGRAM: each in its own virtualenv, since their dependencies disagree.
python() {
  home="$PWD/$(printf %s "$1" | tr -d '[]')"
  if [ ! -e "$home/done" ]; then
    python3 -m venv --clear "$home" >&2
    "$home/bin/pip" install --quiet --disable-pip-version-check "$1" >&2
    touch "$home/done"
  fi
  ln -sf "$home/bin/$2" "bin/$2"
}

# npm NAME VERSION FILE…: files of a package that brings no programs of its own to the path.
node_package() {
  home="$PWD/npm-$2"
  package="$home/node_modules/$1"
  if [ ! -e "$home/done" ]; then
    npm install --prefix "$home" --no-save --no-audit --no-fund --silent "$1@$2" >&2
    touch "$home/done"
  fi
  shift 2
  for file; do
    ln -sf "$package/$file" "bin/$file"
  done
}

python 'moto[server]==5.2.5' moto_server
python 'awscli==1.46.2' aws
node_package @microsoft/sarif-multitool-linux 5.7.0 Sarif.Multitool sarif-2.1.0.json
chmod u+x bin/Sarif.Multitool
if [ "${1:-}" = --bench ]; then
  python 'prowler==5.46.0' prowler
fi

cd bin
pwd
