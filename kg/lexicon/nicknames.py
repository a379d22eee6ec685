"""Short and familiar forms of given names, and forms of one name in several languages."""

from __future__ import annotations

import functools

# The common forms of one name a line, folded. A form may stand in several lines.
_NAMES = """
abigail abby gail
adam ad
agnes agnieszka ines
albert al bert bertie albrecht
alexander alex alec sandy sasha xander aleksandr aleksander alessandro alejandro oleksandr sascha
alexandra alex sandra sasha sandy lexi
alexey alexei aleksei aleksey alyosha
alfred alf fred freddie
alice ali
alison ali
amanda mandy
andrew andy drew andrei andrey andreas andre andrea
angela angie
ann anna anne annie hannah anya nan nancy
anthony tony antonio anton antoine antony
antonia toni
arthur art artie
barbara barb babs barbro varvara
bartholomew bart
beatrice bea trixie beatrix
benjamin ben benny benji
bernard bernie bernhard bernd
bridget biddy bridie
calvin cal
cameron cam
carl karl carlo carlos charles
caroline carol carrie karoline
catherine katherine kathryn kate kathy cathy katie kitty kay katarina katharina ekaterina katya catarina caterina karin
charles charlie chuck carl charley
charlotte lottie charlie
christian chris christiaan
christina chris chrissie tina christine kristina
christopher chris kit topher christoph kristof cristobal
clifford cliff
constance connie
cornelius cor neil kees
cynthia cindy
daniel dan danny daniele danilo
david dave davy dawid
deborah debbie deb
dennis denny
dmitry dmitri dima mitya
donald don donnie
dorothy dot dottie dolly dorothea dora
douglas doug
edward ed eddie ted teddy ned eduard eduardo edoardo
edmund ed ned
eleanor ellie nell nora elena
elizabeth liz lizzie beth betty betsy bess eliza lisa elisabeth libby elsbeth elise lisbeth
emily em emmy
emma em
eric erik
eugene gene evgeny yevgeny
florence flo florrie
frances fran fanny frankie franziska
francis frank francesco francisco francois franz frans paco pancho
frederick fred freddie fritz friedrich frederic federico fryderyk
gabriel gabe
geoffrey geoff jeff jeffrey gottfried
george georg jorge giorgio georges jerzy yuri yury giorgos jiri jurgen
gerald gerry jerry
gerard gerry gerhard gert
gertrude trudy gertie
giovanni gianni john
giuseppe beppe peppe pino joseph
gregory greg grigory grischa
guillermo memo william
gwendolyn gwen
harold harry hal
harriet hattie
helen nell nellie helena elena eleni ellen
henry harry hank hal heinrich henri enrique enrico hendrik henrik heinz
herbert herb bert bertie
howard howie
hubert bert
ignacio nacho ignatius
irene rena
isaac ike zac
isabella isabel izzy bella isabelle
jacob jake jakob jacques jakub
james jim jimmy jamie
jane janie jenny joan
janet jan
jennifer jen jenny
jeremy jerry
jessica jess jessie
johannes hans johann john jan hannes johan
john jack johnny jon jan juan jean ivan johannes giovanni ian sean joao janos hans
jonathan jon jonny
joseph joe joey josef jose giuseppe jozef iosif yusuf
jose pepe joseph
joshua josh
judith judy jude
julia julie
kenneth ken kenny
kimberly kim
konstantin kostya constantine
laura laurie lori
lawrence larry laurie lorenzo laurent lars laurence
leonard len lenny leonardo leonhard
leopold leo poldi
lewis lou louis luis luigi ludwig
louis lou luis luigi ludwig lewis
louise lou luise luisa
lucy lucia
ludwig louis lutz
magdalena magda lena
manuel manolo manny
marc mark marco marcus marek markus
margaret maggie meg peggy marge daisy greta margarete margarita rita gretchen margot
maria mary marie mariya masha mia marija
martin marty marcin
martha marty
mary molly polly maria marie
matilda tilly mathilde
matthew matt matthias matteo mateo mats
maximilian max
michael mike mick mickey michel miguel michele mikhail misha micha michal mihaly
mohammed muhammad mohamed mohammad mehmet
nathaniel nate nathan nat
natalia natasha natalie natalya
nicholas nick nicky nicolas nikolai nikolay nicola klaus claus nikolaus nico niklas nikos
nicole nicky
olivia liv livvy
oliver ollie
pamela pam
patricia pat patty tricia trish
patrick pat paddy patricio
paul pablo paolo pavel pauli
peter pete pierre pedro pietro piotr pyotr petr per peer
philip phil pip philippe filip felipe
priscilla cilla
rachel rae
raymond ray
rebecca becky becca
richard rick dick rich ricky riccardo ricardo
robert bob rob bobby robbie bert roberto rupert
roderick rod
roger rodge
ronald ron ronnie
rosemary rose rosie
rudolf rudi rolf
samantha sam
samuel sam sammy
sarah sally sadie sara
sebastian seb basti bastian
sergey sergei serge seryozha sergio
silvester silvester sly
simon si
stanley stan stanislaw
stephanie steph steffi
stephen steve steven stefan stefano etienne esteban istvan
susan sue susie suzanne susanna susanne
sylvia silvia
terence terry
theodore ted theo teddy theodor
theresa tess terry tessa teresa
thomas tom tommy tomas tommaso tomasz
timothy tim timmy
valentine val valentin
veronica ronnie vera
victor vic viktor
victoria vicky tori
vincent vince vincenzo vinnie
virginia ginny
vladimir vova volodya volodymyr
walter walt wally
wilhelm willi willy william
william bill will billy willy liam wilhelm guillaume willem
yuri yury juri iouri
zachary zac zack
"""


@functools.lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_NAMES.split("\n")):
        for name in line.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def same_given(one: str, other: str) -> bool:
    """Whether two given names, folded, may be called out to the same person: "bill" and "william"."""
    return one == other or not _groups().get(one, frozenset()).isdisjoint(_groups().get(other, ()))
