#!/bin/sh
# Installs, by name and once, what the contract tests compare with; prints the folder that holds its
# programs. With --bench also Prowler, Checkov and conftest, which are big and which only the benchmark runs beside us.
set -eu

tools="${TRAILPROOF_TOOLS:-$(dirname "$0")/../node_modules/.cache/trailproof-tools}"
mkdir -p "$tools/bin"
cd "$tools"
# once FOLDER COMMAND…: test files start at once, and all of them call this.
once() {
  folder=$1
  shift
  [ -e "$folder/done" ] || (
    flock 9
    [ -e "$folder/done" ] || "$@" >&2
    touch "$folder/done"
  ) 9>"$folder.lock"
}

# python NAME==VERSION PROGRAM: each in its own virtualenv, since their dependencies disagree.
python() {
  home="$PWD/$(printf %s "$1" | tr -d '[]')"
  once "$home" virtualenv "$1"
  ln -sf "$home/bin/$2" "bin/$2"
}

virtualenv() {
  python3 -m venv --clear "$home"
  "$home/bin/pip" install --quiet --disable-pip-version-check "$1"
}

# package NAME VERSION FILE…: files of an npm package that brings no programs to the path.
package() {
  home="$PWD/$(basename "$1")-$2"
  files="$home/node_modules/$1"
  once "$home" npm install --prefix "$home" --no-save --no-audit --no-fund --silent "$1@$2"
  shift 2
  for file; do
    ln -sf "$files/$file" "bin/$file"
  done
}

# go_program MODULE VERSION PROGRAM: built from source.
go_program() {
  home="$PWD/$3-$2"
  once "$home" env "GOBIN=$home" go install "$1@$2"
  ln -sf "$home/$3" "bin/$3"
}

python 'moto[server]==5.2.5' moto_server
python 'awscli==1.46.2' aws
package @microsoft/sarif-multitool-linux 5.7.0 Sarif.Multitool sarif-2.1.0.json
chmod u+x bin/Sarif.Multitool
python 'zizmor==1.32.0' zizmor
go_program github.com/rhysd/actionlint/cmd/actionlint v1.7.12 actionlint
go_program github.com/nektos/act v0.2.89 act
if [ "${1:-}" = --bench ]; then
  python 'prowler==5.46.0' prowler
  python 'checkov==3.3.30' checkov
  go_program github.com/open-policy-agent/conftest v0.71.1 conftest
fi

cd bin
pwd
